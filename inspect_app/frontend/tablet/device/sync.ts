/**
 * Sends what waits: operations first, in order, one request at a time; then photographs. One tab at a time (Web Lock); a
 * request without an answer is repeated with the same bytes, later and later; a record that is refused is set aside and the
 * others go on; a visit that takes nothing any more is held, the others go on. Nothing is removed here before its answer.
 */
import { NoLine, Problem } from "../api";
import type { Applied, Photo, Result } from "../types";
import type { Journal, Kept, KeptPhoto } from "./journal";
import type { KeptPaper, PaperKind, PaperResult } from "./papers";
import { MENDED_BY_AGAIN, Pieces } from "./pieces";
import type { Contact, Server } from "./server";

export type SyncState =
  | { kind: "idle" }
  | { kind: "sending" }
  | { kind: "waiting"; retryAt: number }
  | { kind: "signed-out" }
  | { kind: "other-account" }
  | { kind: "revoked" }
  | { kind: "failed"; problem: string };

export type SyncEvent =
  | { kind: "state" }
  | { kind: "records" }
  | { kind: "contact"; contact: Contact }
  | { kind: "results"; visit: number; kept: Kept[]; applied: Applied }
  | { kind: "photo"; kept: KeptPhoto; photo: Photo }
  | { kind: "photo-aside"; kept: KeptPhoto; problem: Problem }
  | { kind: "papers"; visit: number; results: PaperResult[] };

export interface Surroundings {
  /** runs the work while no other tab does */
  alone(work: () => Promise<void>): Promise<void>;
  after(action: () => void, ms: number): () => void;
  now(): number;
  random(): number;
}

export const realSurroundings = (account: number): Surroundings => ({
  alone: (work) =>
    "locks" in navigator ? navigator.locks.request(`miyar-sync-${account}`, work).then(() => undefined) : work(),
  after: (action, ms) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
});

const MOST_AT_ONCE = 20;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** The whole request was refused because of what stood in it: found by sending one by one. */
const OF_THE_RECORD = new Set([400, 413, 415, 422]);

/** Something that only a person can change stands in the way of everything. */
class Stop extends Error {
  constructor(readonly state: SyncState) {
    super(state.kind);
  }
}

export class Syncer {
  state: SyncState = { kind: "idle" };
  /** visits that take nothing any more, and why */
  readonly held = new Map<number, Problem>();
  current: ReadonlySet<string> = new Set();
  /** how much of the photograph that is being sent has arrived, from 0 to 1 */
  share = 0;
  /** visits that take no signature and no sheet either; answers may be closed while these are not */
  private readonly heldPapers = new Set<number>();
  private readonly listeners = new Set<(event: SyncEvent) => void>();
  private running = false;
  private again = false;
  private closed = false;
  private failures = 0;
  private cancel: (() => void) | null = null;
  private readonly pieces: Pieces;

  constructor(
    private readonly journal: Journal,
    private readonly server: Server,
    private readonly account: number,
    private readonly around: Surroundings = realSurroundings(account),
  ) {
    this.pieces = new Pieces(server);
  }

  listen(listener: (event: SyncEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Something waits. A pause that runs goes on: the line does not come back because of a tap. */
  kick(): void {
    this.tell({ kind: "records" });
    if (this.state.kind === "waiting" || this.closed) return;
    void this.run();
  }

  /** Try now, also what was held: the line is back, or a person says so. */
  retry(): void {
    this.failures = 0;
    this.held.clear();
    this.heldPapers.clear();
    if (!this.closed) void this.run();
  }

  close(): void {
    this.closed = true;
    this.cancel?.();
    this.listeners.clear();
  }

  private async run(): Promise<void> {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    this.cancel?.();
    this.cancel = null;
    try {
      do {
        this.again = false;
        await this.around.alone(() => this.all());
      } while (this.again && !this.closed);
      this.failures = 0;
      this.become({ kind: "idle" });
    } catch (error) {
      this.stopped(error);
    } finally {
      this.running = false;
      this.current = new Set();
      this.tell({ kind: "records" });
    }
  }

  private async all(): Promise<void> {
    this.become({ kind: "sending" });
    const contact = await this.guarded(() => this.server.contact());
    if (contact.account.id !== this.account) throw new Stop({ kind: "other-account" });
    this.tell({ kind: "contact", contact });
    for (;;) {
      if (this.closed) return;
      if (await this.papersSent("sheet")) continue; // a critical finding before everything else
      const batch = await this.journal.next(MOST_AT_ONCE, new Set(this.held.keys()));
      if (batch.length > 0) {
        await this.sent(batch);
        continue;
      }
      if (await this.papersSent("signature")) continue;
      const photo = await this.journal.nextPhoto(new Set(this.held.keys()));
      if (!photo) return;
      await this.photoSent(photo);
    }
  }

  private async sent(batch: Kept[]): Promise<void> {
    const visit = (batch[0] as Kept).row.visit;
    this.current = new Set(batch.map((kept) => kept.row.op_id));
    this.tell({ kind: "records" });
    let applied: Applied;
    try {
      applied = await this.guarded(() => this.server.send(visit, batch.map((kept) => kept.operation)));
    } catch (error) {
      if (!(error instanceof Problem) || error.passing) throw error;
      if (!OF_THE_RECORD.has(error.status)) this.held.set(visit, error);
      else if (batch.length === 1) await this.settled(batch, { results: [this.refused(batch[0] as Kept, error)], score: null });
      else for (const kept of batch) await this.sent([kept]);
      return;
    } finally {
      this.current = new Set();
    }
    await this.settled(batch, applied);
  }

  /** Whether there was something of the kind to send. */
  private async papersSent(kind: PaperKind): Promise<boolean> {
    const batch = await this.journal.papers.next(kind, MOST_AT_ONCE, this.heldPapers);
    const visit = batch[0]?.row.visit;
    if (visit === undefined) return false;
    this.current = new Set(batch.map((kept) => kept.row.op_id));
    this.tell({ kind: "records" });
    try {
      const results = await this.papersAnswered(visit, kind, batch);
      for (const result of results) await this.journal.papers.settle(result);
      this.tell({ kind: "papers", visit, results });
    } catch (error) {
      if (!(error instanceof Problem) || error.passing) throw error;
      this.heldPapers.add(visit);
      this.held.set(visit, error);
    } finally {
      this.current = new Set();
    }
    return true;
  }

  /** Where a whole request is refused for what stands in it, each is sent alone and the one that is refused set aside. */
  private async papersAnswered(visit: number, kind: PaperKind, batch: KeptPaper[]): Promise<PaperResult[]> {
    try {
      const results = await this.guarded(() => this.server.sendPapers(visit, kind, batch.map((kept) => kept.record)));
      const asked = new Set(batch.map((kept) => kept.row.op_id));
      const known = (results ?? []).filter((result) => asked.has(result.op_id));
      if (known.length === 0) throw new Problem(502, "no-results", ""); // not our server's answer: ask again later
      return known;
    } catch (error) {
      if (!(error instanceof Problem) || !OF_THE_RECORD.has(error.status)) throw error;
      const first = batch[0] as KeptPaper;
      if (batch.length === 1) return [{ op_id: first.row.op_id, status: "refused", code: error.code || String(error.status) }];
      const found: PaperResult[] = [];
      for (const kept of batch) found.push(...(await this.papersAnswered(visit, kind, [kept])));
      return found;
    }
  }

  private refused(kept: Kept, problem: Problem): Result {
    return { op_id: kept.row.op_id, status: "refused", code: problem.code || String(problem.status) };
  }

  private async settled(batch: Kept[], applied: Omit<Applied, "score"> & { score: Applied["score"] | null }): Promise<void> {
    const asked = new Set(batch.map((kept) => kept.row.op_id));
    const known = applied.results.filter((result) => asked.has(result.op_id));
    if (known.length === 0) throw new Problem(502, "no-results", ""); // not our server's answer: ask again later
    for (const result of known) await this.journal.settle(result);
    this.tell({ kind: "results", visit: (batch[0] as Kept).row.visit, kept: batch, applied: applied as Applied });
  }

  private async photoSent(kept: KeptPhoto): Promise<void> {
    const picture = await this.journal.picture(kept.row);
    if (!picture) return this.journal.photoAside(kept.row.op_id, "photo-missing");
    this.current = new Set([kept.row.op_id]);
    this.tell({ kind: "records" });
    try {
      const photo = await this.guarded(() => this.pieces.send(kept, picture, (share, grew) => this.came(share, grew)));
      if (!photo) throw new Problem(502, "no-results", "");
      await this.journal.photoArrived(kept, photo);
      this.tell({ kind: "photo", kept, photo });
    } catch (error) {
      if (error instanceof NoLine || (error instanceof Problem && error.passing)) {
        this.pieces.cut();
        await this.journal.photoCut(kept.row.op_id);
      }
      if (!(error instanceof Problem) || error.passing || MENDED_BY_AGAIN.has(error.code)) throw error;
      if (OF_THE_RECORD.has(error.status)) {
        await this.journal.photoAside(kept.row.op_id, error.code || String(error.status));
        this.tell({ kind: "photo-aside", kept, problem: error });
      } else this.held.set(kept.row.visit, error);
    } finally {
      this.current = new Set();
      this.share = 0;
    }
  }

  /** A piece arrived: however often the line breaks, it goes forward, and pauses begin short again. */
  private came(share: number, grew: boolean): void {
    if (grew) this.failures = 0;
    this.share = share;
    this.tell({ kind: "records" });
  }

  /** Answers that concern the person or the device, not what was sent. */
  private async guarded<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Problem) {
        if (error.status === 401 || error.code === "csrf") throw new Stop({ kind: "signed-out" });
        if (error.code === "other-account") throw new Stop({ kind: "other-account" });
        if (error.code === "device-revoked") throw new Stop({ kind: "revoked" });
      }
      throw error;
    }
  }

  private stopped(error: unknown): void {
    if (this.closed) return;
    if (error instanceof Stop) return this.become(error.state);
    const passing = error instanceof NoLine || (error instanceof Problem && (error.passing || MENDED_BY_AGAIN.has(error.code)));
    if (!passing && error instanceof Problem) return this.become({ kind: "failed", problem: error.title || error.code });
    if (!passing) console.warn(error); // a fault of the device itself: try again, it may pass
    const longest = Math.min(FIRST_WAIT_MS * 2 ** this.failures, LONGEST_WAIT_MS);
    const wait = Math.round(longest * (0.5 + this.around.random() / 2));
    this.failures += 1;
    this.cancel = this.around.after(() => void this.run(), wait);
    this.become({ kind: "waiting", retryAt: this.around.now() + wait });
  }

  private become(state: SyncState): void {
    this.state = state;
    this.tell({ kind: "state" });
  }

  private tell(event: SyncEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}
