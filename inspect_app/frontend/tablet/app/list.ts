/** The visits: which are on the device, how large and how fresh; where all records are; the last resort. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import { Problem } from "../api";
import { readIn, written } from "../device/carry";
import type { Kept, KeptPhoto } from "../device/journal";
import type { KeptPaper } from "../device/papers";
import { ago as since, words } from "../ending/words/index";
import { longDate, say } from "../messages/index";
import type { Pack } from "../types";
import { icon, text } from "../view/parts";
import type { Person } from "./person";
import { PinChange, Removal } from "./pin";
import type { Versions } from "./versions";
import { hindrance, where } from "./where";
import { ago, colon, day, size, tell, time } from "./words/index";

interface Row {
  id: number;
  reference: string;
  state: string;
  planned_on: string;
  institution: Pack["institution"];
  declared: boolean;
  assigned: boolean;
}

const DAY_MS = 86_400_000;
const FEW_DAYS = 3;

/** What the list asks of the tablet around it. */
export interface Ways {
  open(id: number): void;
  lock(): void;
  /** everything of this person goes from the device */
  remove(): Promise<void>;
}

export class List {
  private readonly pin: PinChange;
  private readonly removal: Removal;
  private readonly taking = new Set<number>();
  private readonly faults = new Map<number, string>();
  private note = "";
  private room = "";
  private persistent = true;
  /** when each critical finding was seen of which the office knows nothing yet, the oldest first */
  private untold: string[] = [];
  private set: { operations: Kept[]; photos: KeptPhoto[]; papers: KeptPaper[] } = { operations: [], photos: [], papers: [] };

  constructor(
    private readonly person: Person,
    private readonly versions: Versions,
    private readonly addresses: { signIn: string; visits: string },
    private readonly changed: () => void,
    private readonly ways: Ways,
  ) {
    this.pin = new PinChange(person.holder, person.holders, changed);
    this.removal = new Removal(person.holder, person.holders, changed, () => ways.remove());
  }

  /** Room on the device, what was set aside, how fresh the visits are. */
  async look(): Promise<void> {
    await this.person.look();
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    this.room = quota > 0 ? tell.room(size(usage), size(quota)) : "";
    this.persistent = (await navigator.storage?.persisted?.()) ?? true;
    await this.removal.look();
    const unsent = await this.person.journal.unsent();
    const sheets = unsent.papers.flatMap(({ row, record }) => ("seen_at" in record ? [{ row, record }] : []));
    const phoned = new Set(sheets.filter(({ record }) => record.phoned_at).map(({ row, record }) => `${row.visit}/${record.criterion}`));
    this.untold = sheets.filter(({ row, record }) => !phoned.has(`${row.visit}/${record.criterion}`)).map(({ record }) => record.seen_at).sort();
    this.set = {
      operations: unsent.operations.filter(({ row }) => row.state === "aside"),
      photos: unsent.photos.filter(({ row }) => row.state === "aside"),
      papers: unsent.papers.filter(({ row }) => row.state === "aside"),
    };
    this.changed();
  }

  view(): TemplateResult {
    const { person } = this;
    const rows = this.rows();
    const trouble = hindrance(person, this.addresses.signIn);
    return html`<h1 class="h2">${tell.visits}</h1>
      <div class="where" role="status">${where(person)}</div>
      ${trouble === nothing ? nothing : html`<div class="hold-up">${trouble}</div>`}
      ${this.untold[0] && trouble !== nothing ? html`<p class="alert alert-danger untold" role="alert">${icon("critical")} ${words.untold(this.untold.length, since(this.untold[0]))} ${words.telephone}</p>` : nothing}
      ${this.versions.ready
        ? html`<p class="alert alert-info">${icon("info")} ${tell.newVersion} <button type="button" class="btn btn-sm btn-primary new-version" @click=${() => void this.update()}>${tell.useNewVersion}</button></p>`
        : nothing}
      ${this.note ? html`<p class="alert alert-info" role="status">${this.note}</p>` : nothing}
      ${this.left()} ${this.all(rows)}
      ${rows.length === 0 ? html`<p>${tell.noVisits}</p>` : html`<ul class="visit-rows">${rows.map((row) => this.row(row))}</ul>`}
      ${this.records()}`;
  }

  /** One tap before leaving for the village. */
  private all(rows: Row[]): TemplateResult | typeof nothing {
    const wanted = rows.filter(({ id, assigned, declared }) => assigned && declared && (!this.isTaken(id) || this.person.isOld(id)));
    if (wanted.length < 2) return nothing;
    return html`<p class="actions"><button type="button" class="btn btn-primary take-all" ?disabled=${this.taking.size > 0} @click=${() => void this.takeAll(wanted)}>
      ${icon("download")}${tell.takeAll(wanted.length)}</button></p>`;
  }

  private isTaken(id: number): boolean {
    return this.person.taken.some((taken) => taken.id === id);
  }

  private async takeAll(rows: Row[]): Promise<void> {
    for (const { id } of rows) await this.take(id);
  }

  private rows(): Row[] {
    const rows = new Map<number, Row>();
    for (const { id, head } of this.person.taken) {
      rows.set(id, { id, ...head, planned_on: head.planned_on ?? "", declared: true, assigned: false });
    }
    for (const visit of this.person.assigned) rows.set(visit.id, { ...visit, assigned: true });
    return [...rows.values()].sort((one, other) => one.planned_on.localeCompare(other.planned_on));
  }

  private row(row: Row): TemplateResult {
    const taken = this.person.taken.find(({ id }) => id === row.id);
    const busy = this.taking.has(row.id);
    const held = this.person.syncer.held.get(row.id);
    const fault = this.faults.get(row.id);
    return html`<li class="visit-row" id="visit-${row.id}">
      <h2 class="h4">${text(row.institution.name)}</h2>
      <p class="line"><bdi>${row.reference}</bdi> <span>${tell.plannedOn(longDate(row.planned_on))}</span> <span>${tell.states[row.state] ?? row.state}</span>
        ${row.assigned ? nothing : html`<span>${tell.noLongerAssigned}</span>`}</p>
      <p class="line"><span>${taken ? html`${icon("device")} ${tell.onDevice(size(taken.bytes), time(taken.fetched))} (${ago(taken.fetched)})` : html`${icon("offline")} ${tell.notOnDevice}`}</span>
        ${taken?.head.checklist && taken.head.rules ? html`<span class="versions">${tell.versions(taken.head.checklist, taken.head.rules)}</span>` : nothing}</p>
      ${this.person.isOld(row.id) ? html`<p class="is-old">${icon("info")} ${tell.newerState}</p>` : nothing}
      ${held ? html`<p class="fault">${icon("alert")} ${tell.held(held.title || held.code)}</p>` : nothing}
      ${fault ? html`<p class="fault" role="alert">${icon("alert")} ${fault}</p>` : nothing}
      <p class="actions">
        ${row.declared
          ? html`${taken ? html`<button type="button" class="btn btn-primary open-visit" @click=${() => this.ways.open(row.id)}>${icon("inspect")}${tell.open}</button>` : nothing}
              ${row.assigned
                ? html`<button type="button" class="btn ${taken ? "btn-outline-primary" : "btn-primary"} take-visit" ?disabled=${busy} @click=${() => void this.take(row.id)}>${icon("download")}${busy ? tell.taking : taken ? tell.refresh : tell.take}</button>`
                : nothing}`
          : html`<span>${tell.declareFirst}</span> <a class="btn btn-outline-primary" href="${this.addresses.visits}${row.id}">${tell.declare}</a>`}
        ${taken ? html`<button type="button" class="btn btn-link remove-visit" @click=${() => void this.remove(row.id)}>${tell.remove}</button>` : nothing}
      </p>
    </li>`;
  }

  private records(): TemplateResult {
    const aside = [
      ...this.set.operations.map(({ row, operation }) => ({ row, what: operation.criterion })),
      ...this.set.papers.map(({ row, record }) => ({ row, what: "criterion" in record ? words.sheetTitle(record.criterion) : `${words.deed}: ${record.name}` })),
      ...this.set.photos.map(({ row, meta }) => ({ row, what: `${meta.criterion} ${meta.caption}` })),
    ];
    return html`<section class="records" aria-labelledby="records-title">
      <h2 class="h4" id="records-title">${tell.here}</h2>
      <p class="muted">${this.room}${this.persistent ? nothing : html` · ${tell.notPersistent}`}</p>
      ${aside.length > 0
        ? html`<h3 class="h5">${tell.aside}</h3><p>${tell.asideText}</p>
            <ul>${aside.map(
              ({ row, what }) => html`<li class="aside-record"><bdi>${what}</bdi> — ${tell.refusedBecause}${colon} ${say.refusal[row.code ?? ""] ?? row.code}
                <button type="button" class="btn btn-sm btn-outline-primary" @click=${() => void this.bringBack(row.op_id)}>${tell.tryNow}</button></li>`,
            )}</ul>`
        : nothing}
      <p class="muted">${tell.exportText}</p>
      <p class="actions">
        <button type="button" class="btn btn-outline-primary export-unsent" ?disabled=${this.person.waiting + this.person.aside === 0} @click=${() => void this.export()}>${icon("download")}${tell.exportUnsent}</button>
        <label class="btn btn-outline-secondary">${icon("upload")}${tell.importFile}<input class="visually-hidden import-unsent" type="file" accept="application/json,.json" @change=${(event: Event) => void this.import(event)} /></label>
        <button type="button" class="btn btn-outline-secondary lock" @click=${() => this.ways.lock()}>${icon("lock")}${tell.lock}</button>
      </p>
      ${this.device()}
    </section>`;
  }

  /** How long the device opens without the server. */
  private left(): TemplateResult {
    const left = Math.max(0, Math.ceil((this.person.until - Date.now()) / DAY_MS));
    return html`<p class="days-left ${left <= FEW_DAYS ? "is-few" : ""}" data-days=${left}>${icon("clock")} ${tell.daysLeft(left, day(this.person.until))}</p>`;
  }

  /** The PIN, dictation, and the way off this device. */
  private device(): TemplateResult {
    return html`${this.pin.view()}
      <details class="fold dictation"><summary>${icon("note")} ${tell.dictation}</summary><p>${tell.dictationText}</p></details>
      <details class="fold remove-me"><summary>${icon("trash")} ${tell.removeMe}</summary><p>${tell.removeText}</p>${this.removal.view()}</details>`;
  }

  private async take(id: number): Promise<void> {
    this.taking.add(id);
    this.faults.delete(id);
    this.changed();
    try {
      await this.person.visits.take(id);
      await this.look();
    } catch (error) {
      this.faults.set(id, `${tell.takeFailed} ${error instanceof Problem ? error.title : ""}`);
    }
    this.taking.delete(id);
    this.changed();
  }

  private async remove(id: number): Promise<void> {
    if (!window.confirm(tell.removeAsk)) return;
    if (!(await this.person.visits.remove(id))) this.faults.set(id, tell.removeFirst);
    await this.look();
  }

  private async bringBack(op_id: string): Promise<void> {
    await this.person.journal.bringBack(op_id);
    this.person.syncer.retry();
    await this.look();
  }

  private async export(): Promise<void> {
    const file = await written(this.person.journal, this.person.holder);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: "application/json" }));
    link.download = `miyar-${file.written_at.slice(0, 16).replace(/\D/g, "-")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  private async import(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    const found = await readIn(this.person.journal, this.person.holder.account, await file.text());
    this.note = typeof found === "number" ? tell.imported(found) : found === "import-other" ? tell.importOther : tell.importFault;
    this.person.syncer.retry();
    await this.look();
  }

  private async update(): Promise<void> {
    if (await this.versions.takeOver()) return;
    this.note = tell.closeOthers;
    this.changed();
  }
}
