/** Finish, and withdraw a photograph. Opened after drawing by `openDialogs`. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import { Problem } from "../api";
import type { Context } from "../context";
import { say } from "../messages/index";
import { criteriaOf, isAnswered } from "../progress";
import { icon, text } from "./parts";

function finish(ctx: Context): TemplateResult {
  const { store, screen } = ctx;
  const missing = store.order.filter((code) => !isAnswered(store.entries[code]));
  const disputed = store.order.filter((code) => (store.conflicts[code] ?? []).length > 0);
  const unsaved = store.unsaved().length + ctx.photos.shots.length;
  const byDomain = screen.domains
    .map((domain) => ({ domain, codes: criteriaOf(domain).map((c) => c.code).filter((code) => missing.includes(code)) }))
    .filter((row) => row.codes.length > 0);
  const close = (): void => document.querySelector<HTMLDialogElement>("#finish-dialog")?.close();
  return html`<dialog id="finish-dialog" data-open aria-labelledby="finish-title" @close=${() => {
    screen.finishing = false;
    ctx.changed();
  }}>
    <h2 id="finish-title" class="h3 mt-0">${say.finishTitle}</h2>
    ${missing.length === 0
      ? html`<p>${icon("check")} ${say.finishComplete}</p>`
      : html`<p>${icon("alert")} ${say.finishMissing(missing.length)}</p>
          <ul class="missing">
            ${byDomain.map(
              (row) => html`<li><button type="button" class="btn btn-link" @click=${() => {
                close();
                ctx.goTo(row.codes[0] as string);
              }}>${text(row.domain.title)} <span class="number">(${row.codes.length})</span></button></li>`,
            )}
          </ul>`}
    ${disputed.length > 0
      ? html`<p>${icon("people")} ${say.finishDisputed} ${disputed.map((code) => html`<button type="button" class="btn btn-sm btn-link" @click=${() => {
          close();
          ctx.goTo(code);
        }}><bdi>${code}</bdi></button>`)}</p>`
      : nothing}
    ${ctx.offline ? ctx.offline.ending() : nothing} ${ctx.offline?.closing?.() ?? nothing}
    ${unsaved > 0 && !ctx.offline ? html`<p class="fault">${icon("offline")} ${say.finishUnsaved(unsaved)}</p>` : nothing}
    <p class="muted">${say.finishText}</p>
    <div class="dialog-actions">
      <button type="button" class="btn btn-outline-secondary" @click=${close}>${say.stay}</button>
      ${ctx.offline
        ? html`<button type="button" class="btn btn-primary leave-visit" @click=${() => {
            close();
            ctx.offline?.leave();
          }}>${icon("list")}${say.closeVisit}</button>`
        : nothing}
      ${unsaved > 0 || ctx.offline ? nothing : html`<a class="btn btn-primary" href=${ctx.addresses.file}>${icon("document")}${say.goToFile}</a>`}
    </div>
  </dialog>`;
}

function withdraw(ctx: Context): TemplateResult {
  const { screen } = ctx;
  const photo = screen.withdrawing;
  if (!photo) return html``;
  const dialog = (): HTMLDialogElement | null => document.querySelector("#withdraw-dialog");
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const reason = String(form.get("reason") ?? "").trim();
    if (!reason) return;
    try {
      await ctx.photos.withdraw(photo, reason, form.has("identity"));
      dialog()?.close();
    } catch (error) {
      screen.withdrawFault = (error instanceof Problem && error.title) || say.photoWaiting;
      ctx.changed();
    }
  };
  return html`<dialog id="withdraw-dialog" data-open aria-labelledby="withdraw-title" @close=${() => {
    screen.withdrawing = null;
    ctx.changed();
  }}>
    <form @submit=${submit} data-many>
      <h2 id="withdraw-title" class="h3 mt-0">${say.withdrawTitle}</h2>
      <img class="d-block mb-2" src=${photo.thumb_url} alt=${photo.caption} />
      <label class="form-label" for="withdraw-reason">${say.withdrawReason}</label>
      <textarea class="form-control" id="withdraw-reason" name="reason" rows="2" maxlength="500" dir="auto" required></textarea>
      <div class="form-check mt-3"><input class="form-check-input" type="checkbox" id="withdraw-identity" name="identity" aria-describedby="withdraw-identity-help" />
        <label class="form-check-label" for="withdraw-identity">${say.withdrawIdentity}</label>
        <div class="form-text" id="withdraw-identity-help">${say.withdrawIdentityHelp}</div></div>
      ${screen.withdrawFault ? html`<p class="fault" role="alert">${icon("alert")} ${screen.withdrawFault}</p>` : nothing}
      <div class="dialog-actions">
        <button type="button" class="btn btn-outline-secondary" @click=${() => dialog()?.close()}>${say.cancel}</button>
        <button type="submit" class="btn btn-danger">${say.withdraw}</button>
      </div>
    </form>
  </dialog>`;
}

export function dialogs(ctx: Context): TemplateResult {
  return html`${ctx.screen.finishing ? finish(ctx) : nothing} ${ctx.screen.withdrawing ? withdraw(ctx) : nothing}`;
}

export function openDialogs(root: ParentNode): void {
  for (const dialog of root.querySelectorAll<HTMLDialogElement>("dialog[data-open]")) if (!dialog.open) dialog.showModal();
}
