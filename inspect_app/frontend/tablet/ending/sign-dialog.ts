/** Signatures at the end of the visit: by hand, or by name and «I sign»; a refusal with its reason. */
import { html, nothing, svg } from "lit-html";
import type { TemplateResult } from "lit-html";

import type { Capacity, Deed, SignatureRecord } from "../device/papers";
import { uuid } from "../ids";
import { kept, type Receipt } from "../receipt";
import { icon } from "../view/parts";
import { type Dialog, openDialog } from "./dialog";
import { HEIGHT, Pad, WIDTH } from "./pad";
import type { Paper } from "./papers";
import { when, words } from "./words/index";

export interface SignParts {
  /** whose tablet it is */
  author: string;
  signatures(): Paper<SignatureRecord>[];
  /** what is signed now, and what stands in the way */
  record(): Promise<{ receipt: Receipt; open: string[]; drafts: boolean; unanswered: number }>;
  write(record: SignatureRecord): Promise<void>;
  goTo(code: string): void;
}

const CAPACITIES: readonly Capacity[] = ["member", "director", "received"];

export function picture(drawing: string, label: string): TemplateResult {
  return html`<svg class="signature" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>${svg`<path d=${drawing}></path>`}</svg>`;
}

/** Who signed so far; `current` is the digest of the record as it is now. */
export function signedList(signatures: readonly Paper<SignatureRecord>[], current: string): TemplateResult {
  if (signatures.length === 0) return html`<p>${words.nobodySigned}</p>`;
  return html`<ul class="signed">${signatures.map(
    ({ record, place }) => html`<li class="signed-one" data-place=${place} data-signature=${record.op_id}>
      <span><strong><bdi>${record.name}</bdi></strong> · <bdi>${record.function}</bdi></span>
      <span>${words.deeds[record.deed]} · ${when(record.signed_at)} · ${words.place[place]}</span>
      ${record.reason ? html`<q dir="auto">${record.reason}</q>` : nothing}
      ${record.drawing ? picture(record.drawing, `${words.deed}: ${record.name}`) : nothing}
      ${record.record_digest === current ? nothing : html`<span class="fault signed-before">${icon("alert")} ${words.changedSince}</span>`}
    </li>`,
  )}</ul>`;
}

export async function openSign(parts: SignParts): Promise<Dialog> {
  let found = await parts.record();
  let capacity: Capacity = parts.signatures().some(({ record }) => record.capacity === "member") ? "director" : "member";
  let refuses = false;
  let confirmed = false;
  let name = capacity === "member" ? parts.author : "";
  let role = words.functions[capacity];
  let reason = "";
  let faults: Partial<Record<keyof typeof words.signFaults, string>> = {};
  const pad = new Pad(words.pad, () => dialog.draw());

  const choose = (value: Capacity): void => {
    if (name === (capacity === "member" ? parts.author : "")) name = value === "member" ? parts.author : "";
    if (role === words.functions[capacity]) role = words.functions[value];
    capacity = value;
    if (value === "member") refuses = false;
    faults = {};
    pad.clear();
    dialog.draw();
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    faults = {};
    const deed: Deed = refuses ? "refused" : pad.isSigned ? "drawn" : "typed";
    if (!kept(name)) faults.name = words.signFaults.name;
    if (!kept(role)) faults.function = words.signFaults.function;
    if (deed === "typed" && !confirmed) faults.pad = words.signFaults.pad;
    if (refuses && !kept(reason)) faults.reason = words.signFaults.reason;
    dialog.draw();
    if (Object.keys(faults).length > 0) {
      dialog.element.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      return;
    }
    found = await parts.record(); // what is signed is what lies there at this moment
    if (found.open.length > 0 || found.drafts) return dialog.draw();
    const { receipt } = found;
    await parts.write({
      op_id: uuid(),
      capacity,
      deed,
      name: kept(name),
      function: kept(role),
      drawing: deed === "drawn" ? pad.path : "",
      reason: refuses ? kept(reason) : "",
      record_digest: receipt.digest,
      answers: receipt.answers,
      photographs: receipt.photographs,
      signed_at: new Date().toISOString(),
    });
    confirmed = false;
    reason = "";
    refuses = false;
    if (capacity === "member") choose("director");
    else [name, role] = ["", words.functions[capacity]];
    pad.clear();
    dialog.element.scrollTo?.({ top: 0 });
    dialog.draw();
  };
  const fault = (which: keyof typeof words.signFaults): TemplateResult | typeof nothing =>
    faults[which] ? html`<div class="invalid-feedback d-block" id="sign-${which}-fault">${faults[which]}</div>` : nothing;
  const field = (which: "name" | "function", label: string, value: string, typed: (value: string) => void): TemplateResult => html`<div>
    <label class="form-label" for="sign-${which}">${label}</label>
    <input class="form-control" id="sign-${which}" maxlength="120" dir="auto" autocomplete="off" aria-invalid=${faults[which] ? "true" : nothing} aria-describedby=${faults[which] ? `sign-${which}-fault` : nothing}
      .value=${value} @input=${(event: InputEvent) => typed((event.target as HTMLInputElement).value)} />${fault(which)}</div>`;

  const form = (): TemplateResult => html`<form @submit=${submit} novalidate data-many>
    <fieldset><legend class="form-label">${words.who}</legend>${CAPACITIES.map(
      (one) => html`<div class="form-check"><input class="form-check-input" type="radio" name="sign-capacity" id="sign-${one}" .checked=${capacity === one} @change=${() => choose(one)} />
        <label class="form-check-label" for="sign-${one}">${words.capacity[one]}</label></div>`,
    )}</fieldset>
    <div class="two">${field("name", words.name, name, (value) => (name = value))} ${field("function", words.function, role, (value) => (role = value))}</div>
    ${capacity === "member"
      ? nothing
      : html`<fieldset><legend class="visually-hidden">${words.deed}</legend>${[false, true].map(
          (one) => html`<div class="form-check form-check-inline"><input class="form-check-input" type="radio" name="sign-deed" id="sign-${one ? "refuses" : "signs"}" .checked=${refuses === one} @change=${() => {
              refuses = one;
              dialog.draw();
            }} /><label class="form-check-label" for="sign-${one ? "refuses" : "signs"}">${one ? words.refuses : words.signs}</label></div>`,
        )}</fieldset>`}
    ${refuses
      ? html`<div><label class="form-label" for="sign-reason">${words.refusalReason}</label>
          <textarea class="form-control" id="sign-reason" rows="2" maxlength="1000" dir="auto" aria-invalid=${faults.reason ? "true" : nothing} .value=${reason} @input=${(event: InputEvent) => (reason = (event.target as HTMLTextAreaElement).value)}></textarea>${fault("reason")}</div>`
      : html`<div><p class="form-text mb-1">${words.padHelp}</p>${pad.canvas}
          <p class="mt-2 mb-1"><button type="button" class="btn btn-sm btn-outline-secondary clear-pad" ?disabled=${!pad.isSigned} @click=${() => pad.clear()}>${icon("undo")}${words.clearPad}</button></p>
          <div class="form-check"><input class="form-check-input" type="checkbox" id="sign-confirm" .checked=${confirmed} ?disabled=${pad.isSigned} aria-invalid=${faults.pad ? "true" : nothing} @change=${(event: Event) => (confirmed = (event.target as HTMLInputElement).checked)} />
            <label class="form-check-label" for="sign-confirm">${words.iSign}</label></div>${fault("pad")}</div>`}
    <div class="dialog-actions"><button type="submit" class="btn btn-primary do-sign">${icon("edit")}${refuses ? words.doRefuse : words.doSign}</button></div>
  </form>`;

  const view = (): TemplateResult => {
    const { receipt, open, drafts, unanswered } = found;
    return html`<section><h3 class="h5">${words.whatIsSigned}</h3>
        <p class="mb-1">${words.counts(receipt.answers, receipt.photographs)} ${unanswered > 0 ? words.unanswered(unanswered) : nothing}</p>
        <p class="mb-1">${words.digest}: <code class="digest" dir="ltr">${receipt.digest}</code></p></section>
      <section><h3 class="h5">${words.signedSoFar}</h3>${signedList(parts.signatures(), receipt.digest)}</section>
      ${open.length > 0
        ? html`<p class="fault" role="alert">${icon("alert")} ${words.firstComplete("")} ${open.map(
            (code) => html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => {
              dialog.close();
              parts.goTo(code);
            }}><bdi>${code}</bdi></button>`,
          )}</p>`
        : drafts
          ? html`<p class="fault" role="alert">${icon("alert")} ${words.firstPhotos}</p>`
          : form()}`;
  };
  const dialog = openDialog("sign", words.signTitle, view);
  return dialog;
}
