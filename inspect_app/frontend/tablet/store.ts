/**
 * The state of a visit on this device: what was answered, what is saved, what is in dispute. Knows nothing of the screen.
 * A tap changes the entry at once and becomes an operation; typing becomes one when the typing pauses or the field is left.
 */
import { NoLine, Problem } from "./api";
import { uuid } from "./ids";
import { plainNumber } from "./numbers";
import { Outbox, type OutboxEvents, type Outgoing } from "./operations";
import type { Answers, Findings } from "./progress";
import type { Answer, Applied, Content, Criterion, Level, Operation, Pack, Result, Score } from "./types";

/** The answer to a criterion as the screen shows it. */
export interface Entry extends Content {
  op_id: string | null;
  author: string;
  /** «not applicable» was chosen, its reason may still be missing */
  wantsNa: boolean;
  /** changed, and not yet an operation */
  dirty: boolean;
  /** measurements that are no numbers, as typed */
  faulty: Record<string, string>;
}
/** What the server refused: its code; empty while nothing was. */
export interface Refusal {
  code: string;
}
/** here: on this device, not on the server yet */
export type SaveStatus = "none" | "saved" | "sending" | "here" | "waiting" | "incomplete" | "refused";

const PAUSE_MS = 900;
const RECKON_MS = 150;
const EMPTY: Content = { level: null, not_applicable: false, na_reason: "", note: "", measurements: {} };

const told = ({ level, wantsNa, na_reason, note, measurements, faulty }: Entry): string =>
  JSON.stringify([level, wantsNa, wantsNa ? na_reason.trim() : "", note.trim(), Object.entries(measurements).sort(), faulty]);
const same = (one: Entry, other: Entry): boolean => told(one) === told(other);

export interface StoreOptions {
  send(operations: readonly Operation[]): Promise<Applied>;
  reload(): Promise<Pack>;
  changed(): void;
  now?(): Date;
  /** another outbox than the one in memory */
  outbox?(events: OutboxEvents): Outgoing;
  /** the score from the answers on this device; without it the server's */
  reckon?(answers: Answers): Score;
}

export class Store {
  readonly criteria: ReadonlyMap<string, Criterion>;
  readonly order: readonly string[];
  readonly outbox: Outgoing;
  entries: Record<string, Entry> = {};
  conflicts: Record<string, Answer[]> = {};
  refusals: Record<string, Refusal> = {};
  editable: boolean;
  /** as the server told it last */
  private told: Score;
  private reckoned: Score | null = null;
  private reckoning: ReturnType<typeof setTimeout> | null = null;
  private readonly pauses = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly confirmedOps: Record<string, string> = {};
  private stale = false;

  constructor(
    public pack: Pack,
    private readonly options: StoreOptions,
  ) {
    const criteria = pack.checklist.domains.flatMap((d) => d.standards.flatMap((s) => s.criteria));
    this.criteria = new Map(criteria.map((criterion) => [criterion.code, criterion]));
    this.order = criteria.map((criterion) => criterion.code);
    this.told = pack.score;
    this.editable = pack.editable;
    const events: OutboxEvents = {
      changed: () => this.outboxChanged(),
      confirmed: (operation, result) => this.confirmed(operation, result),
      answered: (applied) => (this.told = applied.score),
    };
    this.outbox = options.outbox?.(events) ?? new Outbox((operations) => options.send(operations), events);
    this.merge(pack);
  }

  /** As it was a moment ago: reckoning waits until the tap is written down. */
  get score(): Score {
    if (!this.options.reckon) return this.told;
    return (this.reckoned ??= this.options.reckon(this.entries));
  }

  private reckonSoon(): void {
    if (!this.options.reckon || this.reckoning !== null) return;
    this.reckoning = setTimeout(() => {
      this.reckoning = this.reckoned = null;
      this.options.changed();
    }, RECKON_MS);
  }

  entry(code: string): Entry {
    return this.entries[code] ?? { ...EMPTY, op_id: null, author: "", wantsNa: false, dirty: false, faulty: {} };
  }

  get findings(): Findings {
    return { answers: this.entries, previous: this.pack.previous, conflicts: this.conflicts };
  }

  // what a person does ------------------------------------------------------------------------------------------

  setLevel(code: string, level: Level | null): void {
    this.change(code, { level, not_applicable: false, na_reason: "", wantsNa: false });
  }

  /** Becomes an operation when the reason stands there. */
  chooseNotApplicable(code: string): void {
    this.change(code, { level: null, wantsNa: true, not_applicable: this.entry(code).na_reason.trim() !== "" });
  }

  setReason(code: string, reason: string): void {
    this.change(code, { na_reason: reason, not_applicable: reason.trim() !== "" }, true);
  }

  setNote(code: string, note: string): void {
    this.change(code, { note }, true);
  }

  setMeasurement(code: string, measurement: string, typed: string): void {
    const entry = this.entry(code);
    const row = this.criteria.get(code)?.measurements.find((asked) => asked.code === measurement);
    const number = plainNumber(typed, row?.whole);
    const faulty = { ...entry.faulty };
    const measurements = { ...entry.measurements };
    delete faulty[measurement];
    delete measurements[measurement];
    if (number === null) faulty[measurement] = typed;
    else if (number !== "") measurements[measurement] = number;
    this.change(code, { measurements, faulty }, true);
  }

  /** Of two members' answers this one holds. */
  choose(code: string, answer: Content): void {
    const { level, not_applicable, na_reason, note, measurements } = answer;
    this.change(code, { level, not_applicable, na_reason, note, measurements, wantsNa: not_applicable, faulty: {} });
  }

  /** The field was left: what was typed becomes an operation now. */
  flush(code?: string): void {
    for (const waiting of code === undefined ? [...this.pauses.keys()] : [code]) {
      clearTimeout(this.pauses.get(waiting));
      this.pauses.delete(waiting);
      this.commit(waiting);
    }
  }

  // what is saved -----------------------------------------------------------------------------------------------

  statusOf(code: string): SaveStatus {
    const entry = this.entry(code);
    if (this.refusals[code]) return "refused";
    if (entry.dirty) return this.isComplete(entry) ? "waiting" : "incomplete";
    const waiting = this.outbox.statusOf(code);
    if (waiting !== "none") return waiting;
    return this.entries[code]?.op_id ? "saved" : "none";
  }

  /** Codes of the criteria of which something is not saved yet, in order. */
  unsaved(): string[] {
    return this.order.filter((code) => !["none", "saved"].includes(this.statusOf(code)));
  }

  /** Ask the server what others did meanwhile. A missing line is no fault here: the next time will do. */
  async refresh(): Promise<void> {
    try {
      this.merge(await this.options.reload());
      this.options.changed();
    } catch (error) {
      if (!(error instanceof NoLine) && !(error instanceof Problem)) throw error;
    }
  }

  /** Answers that lie on this device and that the pack does not hold yet, in the order in which they were made. */
  restore(kept: readonly { operation: Operation; refused: string | null }[]): void {
    for (const { operation, refused } of kept) {
      const { op_id, criterion: code, level, not_applicable, na_reason, note, measurements } = operation;
      if (!this.criteria.has(code)) continue;
      const author = this.entries[code]?.author ?? "";
      const content = { level, not_applicable, na_reason, note, measurements };
      this.entries[code] = { ...content, op_id, author, wantsNa: not_applicable, dirty: false, faulty: {} };
      if (refused === null) delete this.refusals[code];
      else this.refusals[code] = { code: refused };
    }
    this.reckoned = null;
  }

  /** What is typed and no operation yet. */
  drafts(): Record<string, Entry> {
    return Object.fromEntries(Object.entries(this.entries).filter(([, entry]) => entry.dirty));
  }

  /** What was typed when the page went away; complete ones become operations now. */
  restoreDrafts(drafts: Readonly<Record<string, Entry>>): void {
    if (!this.editable) return;
    for (const [code, draft] of Object.entries(drafts)) {
      if (!this.criteria.has(code) || same(draft, this.entry(code))) continue; // it became an operation already
      this.entries[code] = { ...draft, op_id: this.entries[code]?.op_id ?? draft.op_id, dirty: true };
      this.commit(code);
    }
    this.reckoned = null;
  }

  // inside ------------------------------------------------------------------------------------------------------

  private isComplete(entry: Entry): boolean {
    return (!entry.wantsNa || entry.na_reason.trim() !== "") && Object.keys(entry.faulty).length === 0;
  }

  private change(code: string, patch: Partial<Entry>, typing = false): void {
    if (!this.editable || !this.criteria.has(code)) return;
    this.entries[code] = { ...this.entry(code), ...patch, dirty: true };
    this.reckonSoon();
    delete this.refusals[code];
    clearTimeout(this.pauses.get(code));
    this.pauses.delete(code);
    if (typing) this.pauses.set(code, setTimeout(() => this.flush(code), PAUSE_MS));
    else this.commit(code);
    // what became an operation is drawn once, when the outbox says where it lies: a slow tablet draws for long
    if (this.entry(code).dirty) this.options.changed();
  }

  private commit(code: string): void {
    const entry = this.entry(code);
    if (!entry.dirty || !this.isComplete(entry)) return;
    const operation: Operation = {
      op_id: uuid(),
      criterion: code,
      level: entry.level,
      not_applicable: entry.wantsNa,
      na_reason: entry.wantsNa ? entry.na_reason.trim() : "",
      note: entry.note.trim(),
      measurements: entry.measurements,
      base_op_id: entry.op_id,
      answered_at: (this.options.now?.() ?? new Date()).toISOString(),
      settles: (this.conflicts[code] ?? []).map((answer) => answer.op_id),
    };
    this.entries[code] = { ...entry, not_applicable: entry.wantsNa, op_id: operation.op_id, dirty: false };
    this.outbox.add(operation);
  }

  private confirmed(operation: Operation, result: Result): void {
    const code = operation.criterion;
    if (result.status === "refused") {
      this.refusals[code] = { code: result.code ?? "invalid" };
      const entry = this.entry(code);
      if (entry.op_id === operation.op_id) this.entries[code] = { ...entry, op_id: this.confirmedOps[code] ?? null };
      return;
    }
    if (result.status === "accepted" || result.status === "already-here") {
      this.confirmedOps[code] = operation.op_id;
      delete this.conflicts[code]; // made on top of the answer that counts: the choice is made
    } else this.stale = true;
  }

  private outboxChanged(): void {
    if (this.stale && this.outbox.state.kind === "idle") {
      this.stale = false;
      void this.refresh();
    }
    this.options.changed();
  }

  /** Take over the server's view of everything that this device does not still hold back. */
  private merge(pack: Pack): void {
    this.pack = pack;
    this.reckoned = null;
    this.editable = pack.editable;
    this.conflicts = pack.conflicts;
    if (this.outbox.size === 0) this.told = pack.score;
    for (const code of this.order) {
      const known = this.entries[code];
      if (known && (known.dirty || this.refusals[code] || this.outbox.statusOf(code) !== "none")) continue;
      const answer = pack.answers[code];
      if (!answer) {
        delete this.entries[code];
        continue;
      }
      this.confirmedOps[code] = answer.op_id;
      const { op_id, level, not_applicable, na_reason, note, measurements, author } = answer;
      const content = { level, not_applicable, na_reason, note, measurements };
      this.entries[code] = { ...content, op_id, author, wantsNa: not_applicable, dirty: false, faulty: {} };
    }
  }
}
