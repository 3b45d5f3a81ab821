/** Signatures and sheets of critical findings on the device: written down sealed, sent by name, kept until the server has them. */
import type { Result } from "../types";
import type { AccountDatabase, PaperRow, RecordState } from "./database";
import type { Key } from "./seal";

export type PaperKind = "signature" | "sheet";
export type Capacity = "member" | "director" | "received";
export type Deed = "drawn" | "typed" | "refused";
export type ToldOnSite = "director" | "deputy" | "on_duty" | "association" | "staff" | "nobody";

export interface SignatureRecord {
  op_id: string;
  capacity: Capacity;
  deed: Deed;
  name: string;
  function: string;
  /** lines of an SVG path in a box of 600 × 200 */
  drawing: string;
  reason: string;
  /** of the receipt that was signed */
  record_digest: string;
  answers: number;
  photographs: number;
  signed_at: string;
}
export interface SheetRecord {
  op_id: string;
  criterion: string;
  seen: string;
  danger: boolean;
  measure: string;
  told: ToldOnSite;
  seen_at: string;
  written_at: string;
  phoned_at: string | null;
  base_op_id: string | null;
}
export type PaperRecord = SignatureRecord | SheetRecord;
export interface KeptPaper {
  row: PaperRow;
  record: PaperRecord;
}
/** What the server made of a record; of a sheet also who was told by mail. */
export interface PaperResult extends Result {
  told?: string[];
}

const about = (visit: number, op_id: string): string => `paper/${visit}/${op_id}`;

export class PaperBook {
  constructor(
    private readonly db: AccountDatabase,
    private readonly key: Key,
    private readonly now: () => number = Date.now,
  ) {}

  /** Resolves when the record lies on the device. */
  async add(visit: number, kind: PaperKind, record: PaperRecord): Promise<void> {
    const sealed = await this.key.seal(record, about(visit, record.op_id));
    await this.db.papers.add({ op_id: record.op_id, visit, kind, state: "waiting", made: this.now(), sealed });
  }

  async of(visit: number): Promise<KeptPaper[]> {
    return this.opened(await this.db.papers.where("visit").equals(visit).sortBy("made"));
  }

  /** The next of a kind to send: of one visit, the oldest first. */
  async next(kind: PaperKind, most: number, without: ReadonlySet<number>): Promise<KeptPaper[]> {
    const rows = await this.db.papers.where("[kind+state]").equals([kind, "waiting"]).sortBy("made");
    const free = rows.filter((row) => !without.has(row.visit));
    return this.opened(free.filter((row) => row.visit === free[0]?.visit).slice(0, most));
  }

  async settle(result: PaperResult): Promise<void> {
    const refused = result.status === "refused";
    const told = result.told ? { told: result.told } : {};
    const change = refused ? { state: "aside" as const, code: result.code ?? "invalid" } : { state: "confirmed" as const, ...told };
    await this.db.papers.update(result.op_id, change);
  }

  /** The pack holds them: they need not stay. */
  async forget(visit: number, known: ReadonlySet<string>): Promise<void> {
    await this.db.papers.where("[visit+state]").equals([visit, "confirmed"]).filter((row) => known.has(row.op_id)).delete();
  }

  async bringBack(op_id: string): Promise<void> {
    await this.db.papers.where("op_id").equals(op_id).filter((row) => row.state === "aside").modify({ state: "waiting" });
  }

  async has(op_id: string): Promise<boolean> {
    return (await this.db.papers.get(op_id)) !== undefined;
  }

  async unsent(): Promise<KeptPaper[]> {
    return this.opened(await this.db.papers.where("state").anyOf("waiting", "aside").sortBy("made"));
  }

  async count(kind: PaperKind, state: RecordState, visit?: number): Promise<number> {
    const rows = this.db.papers.where("[kind+state]").equals([kind, state]);
    return visit === undefined ? rows.count() : rows.filter((row) => row.visit === visit).count();
  }

  private opened(rows: PaperRow[]): Promise<KeptPaper[]> {
    return Promise.all(rows.map(async (row) => ({ row, record: await this.key.open<PaperRecord>(row.sealed, about(row.visit, row.op_id)) })));
  }
}
