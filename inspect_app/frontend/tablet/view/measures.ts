/** Numbers written down on the visit, and the norms beside them; a norm that is not known is said to be so. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";

import type { Context } from "../context";
import { say } from "../messages/index";
import type { Entry } from "../store";
import type { Criterion, Measurement, Parameter } from "../types";
import { icon, text } from "./parts";
import { typing } from "./typing";

function measure(code: string, row: Measurement, entry: Entry, ctx: Context): TemplateResult {
  const id = `m-${code}-${row.code}`;
  const drafts = typing(ctx.store);
  const draft = drafts.get(id);
  const fault = row.code in entry.faulty && draft === undefined;
  const typed = draft ?? entry.faulty[row.code] ?? entry.measurements[row.code] ?? "";
  return html`<div class="measure">
    <label class="form-label" for=${id}>${text(row.label)} <span class="muted fw-normal">(${text(row.unit)})</span></label>
    <input
      class="form-control ${fault ? "is-invalid" : ""}"
      id=${id}
      inputmode=${row.whole ? "numeric" : "decimal"}
      autocomplete="off"
      maxlength="30"
      dir="ltr"
      ?readonly=${!ctx.store.editable}
      aria-invalid=${fault ? "true" : nothing}
      aria-describedby=${fault ? `f-${id}` : nothing}
      .value=${live(typed)}
      @input=${(event: InputEvent) => {
        const { value } = event.target as HTMLInputElement;
        ctx.screen.last = code;
        drafts.set(id, value);
        ctx.store.setMeasurement(code, row.code, value);
      }}
      @blur=${() => {
        drafts.delete(id);
        ctx.store.flush(code);
        ctx.changed();
      }}
    />
    ${fault ? html`<div class="invalid-feedback d-block" id="f-${id}">${row.whole ? say.wholeFault : say.numberFault}</div>` : nothing}
  </div>`;
}

function norm(row: Parameter): TemplateResult {
  return html`<li>
    ${text(row.label)}:
    ${row.value === null
      ? html`<strong class="unknown">${icon("help")} ${say.normUnknown}</strong>`
      : html`<strong><bdi>${row.value}</bdi> ${text(row.unit)}</strong>`}
  </li>`;
}

export function measures(criterion: Criterion, entry: Entry, ctx: Context): TemplateResult | typeof nothing {
  if (criterion.measurements.length === 0 && criterion.parameters.length === 0) return nothing;
  return html`<div class="measures">
    ${criterion.measurements.map((row) => measure(criterion.code, row, entry, ctx))}
    ${criterion.parameters.length > 0
      ? html`<div class="norms"><span class="muted">${icon("ruler")} ${say.norms}</span><ul>${criterion.parameters.map(norm)}</ul></div>`
      : nothing}
  </div>`;
}
