/** The levels of a criterion as a radio group of large buttons, with what each means; and «not applicable». */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";

import type { Context } from "../context";
import { say } from "../messages/index";
import type { Entry } from "../store";
import type { Criterion, Level } from "../types";
import { icon, text } from "./parts";

const LEVELS: readonly Level[] = [0, 1, 2, 3];

function option(criterion: Criterion, value: string, name: string, more: unknown, checked: boolean, ctx: Context, choose: () => void): TemplateResult {
  const id = `${criterion.code}-${value}`;
  return html`<label class="level-option level-option-${value}">
    <input
      type="radio"
      name="level-${criterion.code}"
      value=${value}
      .checked=${live(checked)}
      ?disabled=${!ctx.store.editable}
      aria-labelledby="n-${id}"
      aria-describedby=${more === nothing ? nothing : `d-${id}`}
      @change=${choose}
    />
    <span class="level-name" id="n-${id}"><span class="level-number">${value === "na" ? "—" : value}</span> ${name}${icon("check")}</span>
    ${more === nothing ? nothing : html`<span class="level-text" id="d-${id}">${more}</span>`}
  </label>`;
}

export function levels(criterion: Criterion, entry: Entry, ctx: Context): TemplateResult {
  const { store } = ctx;
  const code = criterion.code;
  const mayBeNa = criterion.na_allowed && criterion.class !== "critical";
  return html`<fieldset class="levels">
      <legend class="visually-hidden">${say.levelOf(code)}</legend>
      ${LEVELS.map((level) => {
        const words = criterion.levels[String(level)];
        const chosen = entry.level === level && !entry.wantsNa;
        return option(criterion, String(level), say.levels[level], words ? text(words) : nothing, chosen, ctx, () => {
          ctx.screen.last = code;
          store.setLevel(code, level);
        });
      })}
      ${mayBeNa
        ? option(criterion, "na", say.notApplicable, nothing, entry.wantsNa, ctx, () => {
            ctx.screen.last = code;
            store.chooseNotApplicable(code);
            setTimeout(() => document.getElementById(`reason-${code}`)?.focus(), 50);
          })
        : nothing}
    </fieldset>
    ${entry.wantsNa ? reason(code, entry, ctx) : nothing}`;
}

function reason(code: string, entry: Entry, ctx: Context): TemplateResult {
  const missing = entry.na_reason.trim() === "";
  return html`<div class="mb-2">
    <label class="form-label" for="reason-${code}">${say.naReason}</label>
    <textarea
      class="form-control ${missing ? "is-invalid" : ""}"
      id="reason-${code}"
      rows="1"
      maxlength="1000"
      dir="auto"
      required
      aria-describedby=${missing ? `reason-fault-${code}` : nothing}
      aria-invalid=${missing ? "true" : nothing}
      ?readonly=${!ctx.store.editable}
      .value=${live(entry.na_reason)}
      @input=${(event: InputEvent) => ctx.store.setReason(code, (event.target as HTMLTextAreaElement).value)}
      @blur=${() => ctx.store.flush(code)}
    ></textarea>
    ${missing ? html`<div class="invalid-feedback d-block" id="reason-fault-${code}">${say.naReasonMissing}</div>` : nothing}
  </div>`;
}
