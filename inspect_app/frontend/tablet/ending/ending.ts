/** What an open visit has besides its answers: critical findings told the same day, signatures, the receipt. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import type { Person } from "../app/person";
import { tell } from "../app/words/index";
import type { DevicePhotos } from "../device/pictures";
import type { SheetRecord } from "../device/papers";
import { uuid } from "../ids";
import { isAnswered } from "../progress";
import type { Store } from "../store";
import { icon, text } from "../view/parts";
import { Critical } from "./critical";
import { DevicePapers, type Paper, type Place } from "./papers";
import { type KeptReceipt, openReceipt } from "./receipt-dialog";
import { receiptOfRecord, recordOf } from "./record";
import { openSheet } from "./sheet-dialog";
import { openSign, signedList } from "./sign-dialog";
import { ago, when, words } from "./words/index";

export interface EndingParts {
  visit: number;
  person: Person;
  failingBelow: number;
  store(): Store;
  photos(): DevicePhotos;
  /** how many of this visit lie on this device alone */
  waiting(): { answers: number; photographs: number };
  refresh(): Promise<void>;
  changed(): void;
  goTo(code: string): void;
}

const isHere = (place: Place): boolean => place === "unwritten" || place === "here" || place === "sending";

export class Ending {
  readonly papers: DevicePapers;
  readonly critical: Critical;
  /** of the record at the last look, for what stands beside signatures */
  private digest = "";
  private reckoning = false;
  private aside = 0;

  constructor(private readonly parts: EndingParts) {
    const { visit, person, failingBelow, store } = parts;
    const changed = (): void => parts.changed();
    this.papers = new DevicePapers(visit, person.journal, person.syncer, () => store().pack, changed);
    this.critical = new Critical(visit, person.journal, store, this.papers, failingBelow);
  }

  async restore(answeredAt: Readonly<Record<string, string>>): Promise<void> {
    await this.papers.restore();
    await this.critical.restore(answeredAt);
  }

  async close(): Promise<void> {
    await this.critical.flush();
    this.papers.close();
    for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog.ending")) dialog.close();
  }

  // what stands on the screen -----------------------------------------------------------------------------------

  /** Beside a criterion: its critical finding. */
  beside(code: string): TemplateResult | typeof nothing {
    const paper = this.papers.sheetOf(code);
    const finding = this.critical.isFinding(code);
    if (!paper && !finding) return nothing;
    const { editable } = this.parts.store();
    const button = html`<button type="button" class="btn btn-sm ${paper ? "btn-outline-primary" : "btn-danger"} fill-sheet" @click=${() => this.fill(code)}>${icon("edit")}${paper ? words.complete : words.fill}</button>`;
    if (!paper) {
      return html`<div class="critical-finding" role="note">${icon("critical")} <span>${words.needed} <span class="muted">(${words.seenSince(ago(this.critical.seenAt(code)))})</span></span> ${editable ? button : nothing}</div>`;
    }
    return html`<div class="critical-finding is-filled" role="note" data-place=${paper.place}>${icon(paper.place === "server" ? "check" : "device")} <span>${this.told(paper)}</span> ${button}</div>`;
  }

  /** Over the bar below: what must not wait. */
  strip(): TemplateResult | typeof nothing {
    const needed = this.critical.needed();
    const untold = this.critical.untold();
    if (!this.calls) return nothing;
    const { fault } = this.papers;
    const [first] = needed;
    const [oldest] = untold;
    return html`${fault ? html`<span role="alert">${icon("alert")} ${fault === "device-full" ? tell.deviceFull : tell.deviceFault}</span>` : nothing}
    ${first
      ? html`<span class="critical-needed">${icon("critical")} ${words.neededCount(needed.length)}</span> <button type="button" class="btn btn-sm btn-danger next-sheet" @click=${() => this.fill(first)}>${words.fill} <bdi>${first}</bdi></button>`
      : nothing}
    ${oldest ? html`<span class="critical-untold">${icon("critical")} ${words.untold(untold.length, ago(oldest.record.seen_at))}</span>${this.telephone(oldest)}` : nothing}`;
  }

  /** Whether the strip says something. */
  get calls(): boolean {
    return this.papers.fault !== "" || this.critical.needed().length > 0 || this.critical.untold().length > 0;
  }

  /** At the end of the visit. */
  section(): TemplateResult {
    void this.reckon();
    const sheets = this.papers.sheets;
    const needed = this.critical.needed();
    return html`<section class="ending-part"><h3 class="h5">${words.findings}</h3>
        ${sheets.length === 0 && needed.length === 0 ? html`<p>${words.noFindings}</p>` : nothing}
        <ul class="signed">${needed.map((code) => html`<li><bdi>${code}</bdi> <span class="fault">${words.needed}</span> <button type="button" class="btn btn-sm btn-danger fill-sheet" @click=${() => this.fill(code)}>${words.fill}</button></li>`)}
          ${sheets.map((paper) => html`<li data-place=${paper.place}><bdi>${paper.record.criterion}</bdi> <span>${this.told(paper)}</span></li>`)}</ul>
      </section>
      <section class="ending-part"><h3 class="h5">${words.signTitle}</h3>${this.digest ? signedList(this.papers.signatures, this.digest) : nothing}
        <p><button type="button" class="btn btn-outline-primary open-sign" @click=${() => void this.sign()}>${icon("edit")}${words.sign}</button></p></section>
      <section class="ending-part"><h3 class="h5">${words.receipt}</h3>
        <p><button type="button" class="btn btn-outline-primary open-receipt" @click=${() => void this.receipt()}>${icon("document")}${words.receiptTitle}</button></p></section>`;
  }

  // deeds -------------------------------------------------------------------------------------------------------

  fill(code: string): void {
    const criterion = this.parts.store().criteria.get(code);
    if (!criterion) return;
    openSheet({
      criterion,
      before: this.papers.sheetOf(code)?.record ?? null,
      seenAt: this.critical.seenAt(code),
      draft: this.critical.draft(code),
      keep: (draft) => this.critical.keep(code, draft),
      write: async (record) => {
        await this.papers.add("sheet", record);
        this.critical.keep(code, null);
        this.parts.changed();
      },
    });
  }

  async sign(): Promise<void> {
    const { person, goTo } = this.parts;
    await openSign({
      author: person.holder.name,
      signatures: () => this.papers.signatures,
      record: async () => {
        const store = this.parts.store();
        store.flush();
        const { receipt, held } = await this.record();
        const unanswered = store.order.filter((code) => !isAnswered(store.entries[code])).length;
        return { receipt, open: held.open, drafts: this.parts.photos().unwritten > 0, unanswered };
      },
      write: async (record) => {
        await this.papers.add("signature", record);
        this.parts.changed();
      },
      goTo,
    });
  }

  async receipt(): Promise<void> {
    const { visit, person } = this.parts;
    const name = `receipt/${visit}`;
    const { pack } = this.parts.store();
    const counts = await person.journal.counts(visit);
    this.aside = Object.values(counts).reduce((sum, one) => sum + one.aside, 0);
    await openReceipt({
      reference: pack.reference,
      institution: text(pack.institution.name),
      record: async () => {
        this.parts.store().flush();
        return this.record();
      },
      here: () => this.here(),
      aside: () => this.aside,
      ask: () => person.server.receipt(visit),
      refresh: () => this.parts.refresh(),
      kept: () => person.journal.noted<KeptReceipt>(name),
      keep: (receipt) => person.journal.note(name, receipt),
    });
  }

  // inside ------------------------------------------------------------------------------------------------------

  private async record() {
    const held = recordOf(this.parts.store(), this.parts.photos().kept, await this.parts.person.journal.photos(this.parts.visit));
    return { held, receipt: await receiptOfRecord(this.parts.store().pack, held) };
  }

  /** The digest follows the record: a moment later, and the screen is drawn again only where it is another. */
  private async reckon(): Promise<void> {
    if (this.reckoning) return;
    this.reckoning = true;
    const { receipt } = await this.record();
    this.reckoning = false;
    if (receipt.digest === this.digest) return;
    this.digest = receipt.digest;
    this.parts.changed();
  }

  /** What of this visit lies on this device alone; empty where nothing does. */
  private here(): string {
    const { answers, photographs } = this.parts.waiting();
    const signatures = this.papers.signatures.filter(({ place }) => isHere(place)).length;
    const what = [
      answers > 0 ? tell.answers(answers) : "",
      photographs > 0 ? tell.photographs(photographs) : "",
      signatures > 0 ? words.signatures(signatures) : "",
      this.papers.here > signatures ? words.sheets(this.papers.here - signatures) : "",
    ];
    return what.filter(Boolean).join(" · ");
  }

  private told({ record, place, mailed }: Paper<SheetRecord>): unknown[] {
    const parts = [words.seenSince(ago(record.seen_at)), words.place[place]];
    if (mailed.length > 0) parts.push(words.mailed(mailed.map((one) => words.audience[one] ?? one).join(" · ")));
    if (record.phoned_at) parts.push(words.phonedAt(when(record.phoned_at)));
    return [parts.join(" · ")];
  }

  private get lineIsMissing(): boolean {
    return !["sending", "idle"].includes(this.parts.person.syncer.state.kind);
  }

  /** Another way of telling, while there is no line. */
  private telephone({ record }: Paper<SheetRecord>): TemplateResult | typeof nothing {
    if (!this.lineIsMissing) return nothing;
    const office = this.parts.store().pack.office ?? [];
    return html`<span>${words.telephone} ${office.length > 0 ? words.office : nothing} ${office.map(({ name, email }) => html`<bdi class="office">${name}</bdi> <bdi class="office">${email}</bdi> `)}</span>
      <button type="button" class="btn btn-sm btn-outline-primary told-by-telephone" @click=${() => void this.phoned(record)}>${icon("check")}${words.phoned}</button>`;
  }

  private async phoned(record: SheetRecord): Promise<void> {
    const now = new Date().toISOString();
    await this.papers.add("sheet", { ...record, op_id: uuid(), base_op_id: record.op_id, written_at: now, phoned_at: now });
  }
}
