/** Photographs of a criterion: take, caption, save, see how far the sending is, withdraw. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";

import type { Context } from "../context";
import { say } from "../messages/index";
import type { Shot } from "../photos";
import type { Photo } from "../types";
import { openDrawTool } from "./draw";
import { icon } from "./parts";

function chosen(code: string, ctx: Context) {
  return (event: Event): void => {
    const input = event.target as HTMLInputElement;
    ctx.screen.last = code;
    for (const file of input.files ?? []) void ctx.photos.add(code, file);
    input.value = "";
  };
}

function shot(item: Shot, place: number, ctx: Context): TemplateResult {
  const id = `caption-${item.op_id}`;
  const percent = Math.round(item.share * 100);
  return html`<li class="shot">
    <img src=${item.preview} alt=${say.photoNew} />
    <div class="shot-side">
      <label class="form-label" for=${id}>${say.caption}</label>
      <input class="form-control" id=${id} maxlength="300" dir="auto" ?readonly=${item.status === "waiting" || item.status === "sending"}
        .value=${live(item.caption)} @input=${(event: InputEvent) => (item.caption = (event.target as HTMLInputElement).value)} />
      ${item.status === "sending"
        ? html`<label class="d-block mt-2">${say.uploading(percent)} <progress max="100" value=${percent}></progress></label>`
        : nothing}
      ${item.status === "waiting" ? html`<p class="mt-2 mb-0">${icon("offline")} ${say.photoWaiting}</p>` : nothing}
      ${item.status === "refused"
        ? html`<p class="fault" role="alert">${icon("alert")} ${item.problem?.title || say.refusal[item.problem?.code ?? ""] || say.refusal[""]}</p>`
        : nothing}
      ${item.status === "draft" || item.status === "refused"
        ? html`<div class="actions mt-2">
            <button type="button" class="btn btn-primary" @click=${() => ctx.photos.save(item)}>${icon("upload")}${say.savePhoto}</button>
            ${ctx.photos.redraw && item.status === "draft"
              ? html`<button type="button" class="btn btn-outline-primary draw-on" @click=${() => void openDrawTool(item, ctx.photos)}>${icon("edit")}${say.drawing.open}</button>`
              : nothing}
            <button type="button" class="btn btn-outline-secondary" @click=${() => ctx.photos.discard(item)}>${say.discard}<span class="visually-hidden"> (${place})</span></button>
          </div>`
        : nothing}
    </div>
  </li>`;
}

function kept(photo: Photo, place: number, code: string, ctx: Context): TemplateResult {
  const name = say.photoNumber(place, code);
  return html`<li class="kept-photo">
    <a href=${photo.url} target="_blank" rel="noopener"><img src=${photo.thumb_url} alt=${photo.caption ? `${name}: ${photo.caption}` : name} loading="lazy" /></a>
    ${photo.caption ? html`<span class="photo-caption" dir="auto">${photo.caption}</span>` : nothing}
    ${ctx.store.editable
      ? html`<button type="button" class="btn btn-sm btn-link" @click=${() => {
          ctx.screen.withdrawing = photo;
          ctx.screen.withdrawFault = "";
          ctx.changed();
        }}>${say.withdraw}<span class="visually-hidden"> ${name}</span></button>`
      : nothing}
  </li>`;
}

/** Button to take or choose one, and everything there is. */
export function photographs(code: string, ctx: Context): TemplateResult {
  const photos = ctx.photos.kept[code] ?? [];
  const shots = ctx.photos.of(code);
  const fault = ctx.photos.faults[code];
  return html`<div class="photographs">
    ${ctx.store.editable
      ? html`<div class="actions">
          <label class="btn btn-outline-primary">${icon("camera")}${say.addPhoto}<span class="visually-hidden"> ${code}</span>
            <input class="visually-hidden" type="file" accept="image/*" capture="environment" @change=${chosen(code, ctx)} /></label>
          <label class="btn btn-outline-secondary">${icon("photo")}${say.pickPhoto}<span class="visually-hidden"> ${code}</span>
            <input class="visually-hidden" type="file" accept="image/*" multiple @change=${chosen(code, ctx)} /></label>
        </div>`
      : nothing}
    ${ctx.photos.preparing.has(code) ? html`<p class="mt-2 mb-0" role="status">${icon("photo")} ${say.photoPreparing}</p>` : nothing}
    ${fault ? html`<p class="fault" role="alert">${icon("alert")} ${say.refusal[fault]}</p>` : nothing}
    ${shots.length > 0 ? html`<ul class="shots">${shots.map((item, i) => shot(item, i + 1, ctx))}</ul>` : nothing}
    ${photos.length > 0
      ? html`<ul class="kept-photos" aria-label=${say.photos}>${photos.map((photo, i) => kept(photo, i + 1, code, ctx))}</ul>`
      : nothing}
  </div>`;
}
