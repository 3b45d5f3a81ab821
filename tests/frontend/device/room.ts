/** A device for tests: a database in memory, and a server that does what it is told. */
import "fake-indexeddb/auto";

import { AccountDatabase } from "../../../inspect_app/frontend/tablet/device/database";
import { Journal } from "../../../inspect_app/frontend/tablet/device/journal";
import { type Key, makeLock } from "../../../inspect_app/frontend/tablet/device/seal";
import type { PaperRecord, PaperResult, SheetRecord, SignatureRecord } from "../../../inspect_app/frontend/tablet/device/papers";
import type { Contact, Server } from "../../../inspect_app/frontend/tablet/device/server";
import type { Surroundings } from "../../../inspect_app/frontend/tablet/device/sync";
import type { Operation, Photo, Score } from "../../../inspect_app/frontend/tablet/types";

export const SCORE = { level: null, score: null, complete: false, domains: [], gates: [] } as unknown as Score;
export const ROUNDS = 1_000;

let accounts = 0;
export async function makeDevice(): Promise<{ account: number; db: AccountDatabase; journal: Journal; key: Key }> {
  accounts += 1;
  const { key } = await makeLock("246813", ROUNDS);
  const db = new AccountDatabase(accounts);
  return { account: accounts, db, journal: new Journal(db, key), key };
}

export function operation(criterion: string, level: 0 | 1 | 2 | 3 = 2, more: Partial<Operation> = {}): Operation {
  return {
    op_id: crypto.randomUUID(),
    criterion,
    level,
    not_applicable: false,
    na_reason: "",
    note: "",
    measurements: {},
    base_op_id: null,
    answered_at: "2026-11-24T09:00:00.000Z",
    ...more,
  };
}

export function signature(more: Partial<SignatureRecord> = {}): SignatureRecord {
  return {
    op_id: crypto.randomUUID(),
    capacity: "director",
    deed: "drawn",
    name: "إبراهيم",
    function: "مدير المؤسسة",
    drawing: "M20 120L80 60L140 130L200 70",
    reason: "",
    record_digest: "a".repeat(64),
    answers: 3,
    photographs: 1,
    signed_at: "2026-11-24T16:00:00.000Z",
    ...more,
  };
}

export function sheet(criterion: string, more: Partial<SheetRecord> = {}): SheetRecord {
  return {
    op_id: crypto.randomUUID(),
    criterion,
    seen: "مخرج النجدة مقفل",
    danger: true,
    measure: "فُتح المخرج",
    told: "director",
    seen_at: "2026-11-24T09:00:00.000Z",
    written_at: "2026-11-24T09:05:00.000Z",
    phoned_at: null,
    base_op_id: null,
    ...more,
  };
}

/** What the server has, by op_id; `refuses` may throw or give a code for one operation. */
export class PlainServer {
  has = new Map<string, Operation>();
  photos = new Map<string, Photo>();
  requests: string[][] = [];
  signedIn: number | null;
  beforeAnswer: (operations: readonly Operation[]) => void = () => undefined;
  afterAnswer: () => void = () => undefined;
  onPhoto: () => void = () => undefined;
  refuses: (operation: Operation) => string | null = () => null;

  constructor(readonly account: number) {
    this.signedIn = account;
  }

  get asServer(): Server {
    return this as unknown as Server;
  }

  async contact(): Promise<Contact> {
    return { csrf: "x", now: "", account: { id: this.signedIn ?? 0, name: "Amina" }, days_offline: 14, visits: [] };
  }

  async send(_visit: number, operations: readonly Operation[]) {
    this.requests.push(operations.map((one) => one.op_id));
    this.beforeAnswer(operations);
    const results = operations.map((one) => {
      const code = this.refuses(one);
      if (code) return { op_id: one.op_id, status: "refused" as const, code };
      const status = this.has.has(one.op_id) ? ("already-here" as const) : ("accepted" as const);
      this.has.set(one.op_id, one);
      return { op_id: one.op_id, status };
    });
    this.afterAnswer();
    return { results, score: SCORE };
  }

  papers = new Map<string, PaperRecord>();
  paperRequests: string[] = [];
  refusesPaper: (record: PaperRecord) => string | null = () => null;

  async sendPapers(visit: number, kind: string, records: readonly PaperRecord[]): Promise<PaperResult[]> {
    this.paperRequests.push(`${kind} ${visit} ${records.length}`);
    this.requests.push(records.map((one) => one.op_id));
    const results = records.map((one): PaperResult => {
      const code = this.refusesPaper(one);
      if (code) return { op_id: one.op_id, status: "refused", code };
      const status = this.papers.has(one.op_id) ? "already-here" : "accepted";
      this.papers.set(one.op_id, one);
      return { op_id: one.op_id, status, ...(kind === "sheet" ? { told: ["coordinator"] } : {}) };
    });
    this.afterAnswer();
    return results;
  }

  async upload({ row, meta }: { row: { op_id: string }; meta: { criterion: string } }): Promise<Photo> {
    this.onPhoto();
    const photo: Photo = { id: this.photos.size + 1, op_id: row.op_id, criterion: meta.criterion, url: "", thumb_url: "", caption: "" };
    this.photos.set(row.op_id, this.photos.get(row.op_id) ?? photo);
    return photo;
  }
}

/** Pauses end when the test says so. */
export class Pauses implements Surroundings {
  waits: number[] = [];
  private next: (() => void) | null = null;
  alone = (work: () => Promise<void>): Promise<void> => work();
  after = (action: () => void, ms: number): (() => void) => {
    this.waits.push(ms);
    this.next = action;
    return () => (this.next = null);
  };
  now = (): number => 0;
  random = (): number => 1;
  end(): void {
    const action = this.next;
    this.next = null;
    action?.();
  }
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("it did not happen");
}
