/** Signatures and sheets of one open visit: those of this device with their place, and those that the server knows. */
import { isFull } from "../device/database";
import type { Journal } from "../device/journal";
import type { KeptPaper, PaperKind, PaperRecord, SheetRecord, SignatureRecord } from "../device/papers";
import type { Syncer } from "../device/sync";
import type { Pack } from "../types";

export type Place = "unwritten" | "here" | "sending" | "server" | "aside";
export interface Paper<R extends PaperRecord> {
  record: R;
  place: Place;
  code?: string;
  /** of a sheet: who was told by mail */
  mailed: string[];
}

const AGAIN_MS = 5_000;

export class DevicePapers {
  private rows: KeptPaper[] = [];
  private unwritten_: { kind: PaperKind; record: PaperRecord }[] = [];
  private readonly deaf: () => void;
  fault: "" | "device-full" | "device-fault" = "";

  constructor(
    private readonly visit: number,
    private readonly journal: Journal,
    private readonly syncer: Syncer,
    private readonly pack: () => Pack,
    private readonly changed: () => void,
  ) {
    this.deaf = syncer.listen((event) => {
      if (event.kind === "papers" && event.visit === visit) void this.restore();
    });
  }

  async restore(): Promise<void> {
    this.rows = await this.journal.papers.of(this.visit);
    this.changed();
  }

  close(): void {
    this.deaf();
  }

  get unwritten(): number {
    return this.unwritten_.length;
  }

  /** Those that the server does not have. */
  get here(): number {
    return this.unwritten + this.rows.filter(({ row }) => row.state === "waiting").length;
  }
  get aside(): number {
    return this.rows.filter(({ row }) => row.state === "aside").length;
  }

  get signatures(): Paper<SignatureRecord>[] {
    return this.all<SignatureRecord>("signature", this.pack().signatures ?? [], () => []).sort((one, other) => one.record.signed_at.localeCompare(other.record.signed_at));
  }

  /** The sheet that stands for each criterion: one that completes another takes its place. */
  get sheets(): Paper<SheetRecord>[] {
    const known = this.pack().sheets ?? [];
    const all = this.all<SheetRecord>("sheet", known, (op_id) => Object.keys(known.find((one) => one.op_id === op_id)?.mailed ?? {}));
    const completed = new Set(all.map(({ record }) => record.base_op_id));
    const standing = new Map<string, Paper<SheetRecord>>();
    for (const paper of all) if (!completed.has(paper.record.op_id)) standing.set(paper.record.criterion, paper);
    return [...standing.values()].map((paper) => ({ ...paper, mailed: this.mailed(all, paper) }));
  }

  sheetOf(criterion: string): Paper<SheetRecord> | undefined {
    return this.sheets.find(({ record }) => record.criterion === criterion);
  }

  /** Written down before it resolves; where the device cannot, it stays on the screen and is tried again. */
  async add(kind: PaperKind, record: PaperRecord): Promise<void> {
    const one = { kind, record };
    this.unwritten_.push(one);
    await this.write(one);
  }

  private async write(one: { kind: PaperKind; record: PaperRecord }): Promise<void> {
    try {
      await this.journal.papers.add(this.visit, one.kind, one.record);
      this.unwritten_ = this.unwritten_.filter((other) => other !== one);
      this.fault = "";
      await this.restore();
      this.syncer.kick();
    } catch (error) {
      this.fault = isFull(error) ? "device-full" : "device-fault";
      setTimeout(() => void this.write(one), AGAIN_MS);
      this.changed();
    }
  }

  /** Told once of a criterion is told: a sheet that completes another needs no second letter to the same people. */
  private mailed(all: readonly Paper<SheetRecord>[], paper: Paper<SheetRecord>): string[] {
    return [...new Set(all.filter(({ record }) => record.criterion === paper.record.criterion).flatMap(({ mailed }) => mailed))];
  }

  private all<R extends PaperRecord>(kind: PaperKind, known: readonly R[], mailed: (op_id: string) => string[]): Paper<R>[] {
    const found = new Map<string, Paper<R>>(known.map((record) => [record.op_id, { record, place: "server", mailed: mailed(record.op_id) }]));
    for (const { row, record } of this.rows) {
      if (row.kind !== kind || found.has(row.op_id)) continue;
      found.set(row.op_id, { record: record as R, place: this.placeOf(row), ...(row.code ? { code: row.code } : {}), mailed: row.told ?? [] });
    }
    for (const one of this.unwritten_) if (one.kind === kind) found.set(one.record.op_id, { record: one.record as R, place: "unwritten", mailed: [] });
    return [...found.values()];
  }

  private placeOf(row: KeptPaper["row"]): Place {
    if (row.state === "confirmed") return "server";
    if (row.state === "aside") return "aside";
    return this.syncer.current.has(row.op_id) ? "sending" : "here";
  }
}
