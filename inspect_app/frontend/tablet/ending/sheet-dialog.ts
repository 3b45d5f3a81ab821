/** The sheet of a critical finding, filled on the spot. What is typed is kept with every letter. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import type { SheetRecord, ToldOnSite } from "../device/papers";
import { uuid } from "../ids";
import { kept } from "../receipt";
import type { Criterion } from "../types";
import { icon, text } from "../view/parts";
import type { Draft } from "./critical";
import { type Dialog, openDialog } from "./dialog";
import { words } from "./words/index";

const TOLD: readonly ToldOnSite[] = ["director", "deputy", "on_duty", "association", "staff", "nobody"];
const LONGEST = 4000;

export interface SheetParts {
  criterion: Criterion;
  /** the sheet that this one completes */
  before: SheetRecord | null;
  seenAt: string;
  draft: Draft;
  keep(draft: Draft): void;
  write(record: SheetRecord): Promise<void>;
}

/** The device's own day and hour, as the field shows them. */
function local(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function openSheet(parts: SheetParts): Dialog {
  const { criterion, before } = parts;
  const start = before ?? { seen: "", measure: "", danger: null, told: undefined, seen_at: parts.seenAt };
  const draft: Draft = { seen: start.seen, measure: start.measure, danger: start.danger, seen_at: start.seen_at, ...(start.told ? { told: start.told } : {}), ...parts.draft };
  let faults: Partial<Record<keyof typeof words.faults, string>> = {};
  let busy = false;

  const change = (patch: Draft): void => {
    Object.assign(draft, patch);
    parts.keep({ ...draft });
    dialog.draw();
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    faults = {};
    const [seen, measure] = [kept(draft.seen ?? ""), kept(draft.measure ?? "")];
    if (!seen) faults.seen = words.faults.seen;
    if (!draft.seen_at) faults.seenAt = words.faults.seenAt;
    if (draft.danger === null || draft.danger === undefined) faults.danger = words.faults.danger;
    if (draft.danger && !measure) faults.measure = words.faults.measure;
    if (!draft.told) faults.told = words.faults.told;
    if (Object.keys(faults).length > 0 || !draft.told || !draft.seen_at) {
      dialog.draw();
      dialog.element.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      return;
    }
    busy = true;
    await parts.write({
      op_id: uuid(),
      criterion: criterion.code,
      seen,
      danger: draft.danger === true,
      measure,
      told: draft.told,
      seen_at: draft.seen_at,
      written_at: new Date().toISOString(),
      phoned_at: before?.phoned_at ?? null,
      base_op_id: before?.op_id ?? null,
    });
    dialog.close();
  };
  const fault = (name: keyof typeof words.faults): TemplateResult | typeof nothing =>
    faults[name] ? html`<div class="invalid-feedback d-block" id="sheet-${name}-fault">${faults[name]}</div>` : nothing;
  const area = (name: "seen" | "measure", label: string, help: string): TemplateResult => html`<div>
    <label class="form-label" for="sheet-${name}">${label}</label>
    <textarea class="form-control" id="sheet-${name}" rows="3" maxlength=${LONGEST} dir="auto" aria-describedby="sheet-${name}-help ${faults[name] ? `sheet-${name}-fault` : ""}"
      aria-invalid=${faults[name] ? "true" : nothing} .value=${draft[name] ?? ""} @input=${(event: InputEvent) => change({ [name]: (event.target as HTMLTextAreaElement).value })}></textarea>
    <div class="form-text" id="sheet-${name}-help">${help}</div>${fault(name)}
  </div>`;
  const choice = (value: boolean, label: string): TemplateResult => html`<div class="form-check form-check-inline">
    <input class="form-check-input" type="radio" name="sheet-danger" id="sheet-danger-${value ? "yes" : "no"}" .checked=${draft.danger === value} aria-invalid=${faults.danger ? "true" : nothing}
      @change=${() => change({ danger: value })} /><label class="form-check-label" for="sheet-danger-${value ? "yes" : "no"}">${label}</label></div>`;

  const view = (): TemplateResult => html`<form @submit=${submit} novalidate data-many>
    <p class="mb-0"><strong>${text(criterion.title)}</strong></p>
    <p class="form-text m-0">${words.sheetHelp}</p>
    ${area("seen", words.seen, words.noNames)}
    <div><label class="form-label" for="sheet-at">${words.seenAt}</label>
      <input class="form-control w-auto" type="datetime-local" id="sheet-at" aria-invalid=${faults.seenAt ? "true" : nothing} .value=${draft.seen_at ? local(draft.seen_at) : ""}
        @change=${(event: Event) => {
          const typed = (event.target as HTMLInputElement).value;
          change({ seen_at: typed ? new Date(typed).toISOString() : "" });
        }} />${fault("seenAt")}</div>
    <fieldset><legend class="form-label">${words.danger}</legend>${choice(true, words.yes)}${choice(false, words.no)}${fault("danger")}</fieldset>
    ${area("measure", words.measure, words.measureHelp)}
    <div><label class="form-label" for="sheet-told">${words.told}</label>
      <select class="form-select w-auto" id="sheet-told" aria-invalid=${faults.told ? "true" : nothing} @change=${(event: Event) => change({ told: (event.target as HTMLSelectElement).value as ToldOnSite })}>
        <option value="" ?selected=${!draft.told} disabled>${words.choose}</option>
        ${TOLD.map((code) => html`<option value=${code} ?selected=${draft.told === code}>${words.toldOnSite[code]}</option>`)}
      </select>${fault("told")}</div>
    <div class="dialog-actions"><button type="submit" class="btn btn-primary sheet-write">${icon("check")}${words.write}</button></div>
  </form>`;
  const dialog = openDialog("sheet", words.sheetTitle(criterion.code), view);
  return dialog;
}
