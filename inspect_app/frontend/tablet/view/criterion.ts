/** One criterion as a card: what is asked, what was found last time, the levels, and what goes with an answer. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { live } from "lit-html/directives/live.js";

import type { Context } from "../context";
import { locale, longDate, say } from "../messages/index";
import { isChanged, isAnswered } from "../progress";
import type { Entry, SaveStatus } from "../store";
import type { Content, Criterion } from "../types";
import { sources, verification } from "./background";
import { levels } from "./levels";
import { measures } from "./measures";
import { icon, tag, text } from "./parts";
import { photographs } from "./photographs";
import { typing } from "./typing";

const STATUS_ICONS: Record<Exclude<SaveStatus, "none">, string> = {
  saved: "saved",
  sending: "sending",
  here: "device",
  waiting: "offline",
  incomplete: "alert",
  refused: "alert",
};

function saveStatus(code: string, ctx: Context): TemplateResult | typeof nothing {
  const status = ctx.store.statusOf(code);
  if (status === "none") return nothing;
  return html`<span class="save-status save-${status}">${icon(STATUS_ICONS[status])} ${ctx.offline?.statusWords[status] ?? say.status[status]}</span>`;
}

export function shortAnswer(answer: Pick<Content, "level" | "not_applicable">): string {
  if (answer.not_applicable) return say.notApplicable;
  return answer.level === null ? say.notAnsweredThen : `${answer.level} · ${say.levels[answer.level]}`;
}

function previous(code: string, entry: Entry, ctx: Context): TemplateResult | typeof nothing {
  const visit = ctx.store.pack.previous;
  if (!visit) return nothing;
  const before = visit.answers[code];
  return html`<div class="previous">
    <span class="muted">${icon("history")} ${say.previousVisit(longDate(visit.date))}:</span>
    <strong>${before ? shortAnswer(before) : say.notAnsweredThen}</strong>
    ${isChanged(code, entry, visit) ? tag(say.changedSince, "info") : nothing}
    ${before?.note ? html`<q dir="auto">${before.note}</q>` : nothing}
  </div>`;
}

function refusal(code: string, ctx: Context): TemplateResult | typeof nothing {
  const refused = ctx.store.refusals[code];
  if (!refused) return nothing;
  return html`<p class="fault" role="alert">${icon("alert")} ${say.refusal[refused.code] ?? say.refusal[""]}</p>`;
}

function dispute(code: string, entry: Entry, ctx: Context): TemplateResult | typeof nothing {
  const others = ctx.store.conflicts[code] ?? [];
  if (others.length === 0) return nothing;
  const row = (label: string, answer: Content & { author: string }, action: string): TemplateResult =>
    html`<li>
      <span><span class="muted">${label}</span> <strong>${shortAnswer(answer)}</strong> — <bdi>${answer.author}</bdi>${answer.note ? html` <q dir="auto">${answer.note}</q>` : nothing}</span>
      ${ctx.store.editable
        ? html`<button type="button" class="btn btn-sm btn-outline-primary" @click=${() => ctx.store.choose(code, answer)}>${action}</button>`
        : nothing}
    </li>`;
  return html`<section class="dispute" aria-label=${say.disputed}>
    <p class="mb-1">${icon("people")} <strong>${say.disputed}.</strong> ${say.disputedText}</p>
    <ul>
      ${row(say.counts, entry, say.keepCurrent)} ${others.map((answer) => row(say.alsoAnswered, answer, say.takeThis))}
    </ul>
  </section>`;
}

function note(code: string, entry: Entry, ctx: Context): TemplateResult {
  const typed = typing(ctx.store);
  return html`<div class="note">
    <label class="form-label" for="note-${code}">${say.note}</label>
    <textarea
      class="form-control"
      id="note-${code}"
      rows=${Math.min(6, Math.max(1, Math.ceil(entry.note.length / 60)))}
      maxlength="4000"
      dir="auto"
      lang=${locale}
      autocapitalize="sentences"
      ?readonly=${!ctx.store.editable}
      .value=${live(typed.get(`note-${code}`) ?? entry.note)}
      @input=${(event: InputEvent) => {
        const { value } = event.target as HTMLTextAreaElement;
        ctx.screen.last = code;
        typed.set(`note-${code}`, value);
        ctx.store.setNote(code, value);
      }}
      @blur=${() => {
        typed.delete(`note-${code}`);
        ctx.store.flush(code);
        ctx.changed();
      }}
    ></textarea>
  </div>`;
}

export function criterionCard(criterion: Criterion, ctx: Context): TemplateResult {
  const code = criterion.code;
  const entry = ctx.store.entry(code);
  const critical = criterion.class === "critical";
  // a slow tablet draws all cards at every tap: what cannot have changed is left as it stands
  const { store } = ctx;
  const fixed = guard([criterion], () => html`<h4 id="t-${code}">${text(criterion.title)}</h4>
    <p class="requirement">${text(criterion.requirement)}</p>`);
  const choice = guard([store.entries[code], store.editable], () => levels(criterion, entry, ctx));
  return html`<article class="criterion ${critical ? "is-critical" : ""}" id="c-${code}" tabindex="-1" aria-labelledby="t-${code}">
    <div class="criterion-line">
      <bdi class="code">${code}</bdi>
      ${critical ? tag(say.classes["critical"], "strong", "critical") : tag(say.classes[criterion.class])} ${saveStatus(code, ctx)}
    </div>
    ${fixed} ${previous(code, entry, ctx)} ${dispute(code, entry, ctx)} ${refusal(code, ctx)} ${choice} ${ctx.offline?.beside?.(code) ?? nothing}
    <div class="beside">
      ${note(code, entry, ctx)} ${measures(criterion, entry, ctx)} ${photographs(code, ctx)}
    </div>
    <div class="folds">
      ${guard([criterion], () => verification(criterion))} ${guard([criterion, ctx.screen.sources], () => sources(criterion, ctx))}
      ${isAnswered(entry) && ctx.store.editable
        ? html`<button type="button" class="btn btn-sm btn-link clear" @click=${() => ctx.store.setLevel(code, null)}>${icon("undo")}${say.clearAnswer}<span class="visually-hidden"> ${code}</span></button>`
        : nothing}
    </div>
  </article>`;
}
