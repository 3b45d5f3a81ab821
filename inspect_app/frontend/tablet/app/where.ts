/** Where the records are, honestly and always in sight: on this device, being sent, on the server; and what holds them. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import { words } from "../ending/words/index";
import { icon } from "../view/parts";
import type { Person } from "./person";
import { colon, moment, tell } from "./words/index";

const seconds = (until: number): number => Math.max(0, Math.ceil((until - Date.now()) / 1000));

/** One sentence and what a person can do; nothing while everything goes its way. */
export function hindrance(person: Person, signIn: string): TemplateResult | typeof nothing {
  const { state } = person.syncer;
  const again = html`<button type="button" class="btn btn-sm btn-warning" @click=${() => person.syncer.retry()}>${tell.tryNow}</button>`;
  const door = html`<a class="btn btn-sm btn-primary" href=${signIn} target="_blank" rel="noopener">${icon("external")}${tell.signIn}</a>`;
  switch (state.kind) {
    case "waiting":
      return html`<span class="words">${icon("offline")} ${tell.offlineNow} <span class="more">${tell.offlineText}</span> ${tell.retryIn(seconds(state.retryAt))}</span>${again}`;
    case "signed-out":
      return html`<span class="words">${icon("lock")} ${tell.signedOut}</span>${door}${again}`;
    case "other-account":
      return html`<span class="words">${icon("people")} ${tell.otherAccount}</span>${door}${again}`;
    case "failed":
      return html`<span class="words">${icon("alert")} ${tell.failed(state.problem)}</span>${again}`;
    default:
      return nothing;
  }
}

/** Answers and photographs by place; the same words in the list of visits and in a visit. */
export function where(person: Person): TemplateResult {
  const { operations, photos, signatures, sheets } = person.counts;
  const moving = person.syncer.state.kind === "sending" ? person.syncer.current.size : 0;
  const here = person.waiting - moving;
  const what = [
    operations.waiting > 0 ? tell.answers(operations.waiting) : "",
    photos.waiting > 0 ? tell.photographs(photos.waiting) : "",
    signatures.waiting > 0 ? words.signatures(signatures.waiting) : "",
    sheets.waiting > 0 ? words.sheets(sheets.waiting) : "",
  ].filter(Boolean);
  return html`<span class="where-here ${person.waiting > 0 ? "is-here" : person.aside > 0 ? "" : "is-good"}" data-here=${here} data-waiting=${person.waiting}>
      ${person.waiting > 0 ? html`${icon("device")} ${tell.here}${colon} ${what.join(" · ")}` : html`${icon("saved")} ${person.aside > 0 ? tell.restOnServer : tell.allOnServer}`}
    </span>
    ${moving > 0 ? html`<span class="where-sending">${icon("sending")} ${tell.sending}${colon} <span class="number">${moving}</span></span>` : nothing}
    ${person.aside > 0 ? html`<span class="is-aside" data-aside=${person.aside}>${icon("alert")} ${tell.asideCount(person.aside)}</span>` : nothing}
    <span class="contact">${tell.lastContact(person.contact ? moment(person.contact) : tell.neverMet)}</span>`;
}
