/** Which critical findings this visit has on this device: since when they were seen, which sheets are still to be filled. */
import type { Journal } from "../device/journal";
import type { SheetRecord } from "../device/papers";
import type { Entry, Store } from "../store";
import type { DevicePapers, Paper } from "./papers";

export type Draft = Partial<Omit<SheetRecord, "op_id" | "criterion" | "danger">> & { danger?: boolean | null };
interface Kept {
  /** criterion → when it was first answered below its level on this device, or by the team */
  seen: Record<string, string>;
  drafts: Record<string, Draft>;
}

const DRAFTS_MS = 250;

export class Critical {
  private kept: Kept = { seen: {}, drafts: {} };
  private saving: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly visit: number,
    private readonly journal: Journal,
    private readonly store: () => Store,
    private readonly papers: DevicePapers,
    private readonly failingBelow: number,
    private readonly now: () => Date = () => new Date(),
  ) {}

  private get name(): string {
    return `sheets/${this.visit}`;
  }

  async restore(answeredAt: Readonly<Record<string, string>>): Promise<void> {
    this.kept = (await this.journal.noted<Kept>(this.name)) ?? this.kept;
    for (const code of this.codes()) this.kept.seen[code] ??= answeredAt[code] ?? this.now().toISOString();
  }

  /** Answered below the level from which a critical criterion is met. */
  isFinding(code: string, entry: Entry | undefined = this.store().entries[code]): boolean {
    const level = entry?.wantsNa ? null : (entry?.level ?? null);
    return this.store().criteria.get(code)?.class === "critical" && level !== null && level < this.failingBelow;
  }

  codes(): string[] {
    return this.store().order.filter((code) => this.isFinding(code));
  }

  /** Since when it is known; noted at the first look after the tap. */
  seenAt(code: string): string {
    const known = this.kept.seen[code];
    if (known) return known;
    const now = this.now().toISOString();
    this.kept.seen[code] = now;
    this.save();
    return now;
  }

  /** Findings without a sheet, in the order of the checklist. */
  needed(): string[] {
    return this.codes().filter((code) => {
      this.seenAt(code);
      return !this.papers.sheetOf(code);
    });
  }

  /** Sheets of which the office knows nothing yet: neither over the line nor by telephone; the oldest first. */
  untold(): Paper<SheetRecord>[] {
    return this.papers.sheets
      .filter(({ record, place, mailed }) => place !== "server" && mailed.length === 0 && record.phoned_at === null)
      .sort((one, other) => one.record.seen_at.localeCompare(other.record.seen_at));
  }

  draft(code: string): Draft {
    return this.kept.drafts[code] ?? {};
  }

  /** What is typed and no sheet yet; null where it became one. */
  keep(code: string, draft: Draft | null): void {
    if (draft) this.kept.drafts[code] = draft;
    else delete this.kept.drafts[code];
    this.save();
  }

  async flush(): Promise<void> {
    if (this.saving) clearTimeout(this.saving);
    this.saving = null;
    await this.journal.note(this.name, this.kept).catch(() => undefined);
  }

  private save(): void {
    this.saving ??= setTimeout(() => void this.flush(), DRAFTS_MS);
  }
}
