/** What stays in sight: where I am, whether everything is saved, the provisional result, the way out. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import type { Context } from "../context";
import { percent, say } from "../messages/index";
import { criteriaOf, progressOf } from "../progress";
import { icon, tag, text } from "./parts";

const LEVEL_ICONS: Record<string, string> = { refused: "stop", provisional: "clock", conditional: "alert", accredited: "check", distinction: "star" };

function place(ctx: Context): TemplateResult {
  const here = ctx.screen.current;
  const progress = here ? progressOf(criteriaOf(here), ctx.store.entries) : null;
  return html`<button type="button" class="btn btn-outline-primary domains-button" aria-expanded=${ctx.screen.domainsOpen ? "true" : "false"} aria-controls="domains"
    @click=${() => {
      ctx.screen.domainsOpen = !ctx.screen.domainsOpen;
      ctx.changed();
    }}>${icon("list")}<span class="place">${here ? text(here.title) : nothing}</span>
    ${progress ? html`<span class="number">${progress.answered}/${progress.applicable}</span>` : nothing}${icon("down")}</button>`;
}

/** One sentence for everything that is on its way. */
export function savingStatus(ctx: Context): TemplateResult {
  const { store, photos } = ctx;
  const state = store.outbox.state;
  const unsaved = store.unsaved().length;
  const shots = photos.shots.length;
  if (!store.editable && unsaved === 0 && shots === 0) return html`<span class="saving">${icon("lock")} ${say.readOnly}</span>`;
  if (unsaved === 0 && shots === 0) return html`<span class="saving saving-good">${icon("saved")} <span class="words">${say.allSaved}</span></span>`;
  const parts: unknown[] = [];
  if (unsaved > 0) parts.push(state.kind === "sending" ? say.sendingNow : say.notSaved(unsaved));
  if (shots > 0) parts.push(say.photosNotSent(shots));
  if (state.kind === "waiting") parts.push(say.retryIn(Math.max(0, Math.ceil((state.retryAt - Date.now()) / 1000))));
  const held = state.kind === "waiting" || state.kind === "blocked";
  return html`<span class="saving ${state.kind === "sending" ? "" : "saving-bad"}">${icon(state.kind === "sending" ? "sending" : "offline")} ${parts.join(" · ")}</span>
    ${held ? html`<button type="button" class="btn btn-sm btn-warning" @click=${() => store.outbox.retry()}>${say.retryNow}</button>` : nothing}`;
}

function score(ctx: Context): TemplateResult {
  const { score: card } = ctx.store;
  const level = card.level;
  const binding = card.gates.filter((gate) => gate.binding);
  const gates = binding.length > 0 ? binding : card.gates;
  return html`<details class="menu score-menu">
    <summary>
      <span class="provisional">${card.complete ? say.result : say.provisionalResult}:</span>
      ${level
        ? html`<span class="tag level level-${level}">${icon(LEVEL_ICONS[level] ?? "flag")}${say.levelNames[level] ?? level}</span>`
        : tag(say.notScored)}
      ${card.score === null ? nothing : html`<strong class="number">${percent(card.score)}</strong>`} ${icon("down")}
    </summary>
    <div class="menu-list score-panel">
      <p class="mb-1"><strong>${card.complete ? say.result : say.provisionalResult}</strong> · ${say.answeredOf(card.counts.answered + card.counts.not_applicable, card.counts.applicable)} · ${say.failing(card.counts.failing)}</p>
      ${gates.length === 0
        ? html`<p class="mb-0">${say.noLimits}</p>`
        : html`<p class="mb-1">${say.limits}</p>
            <ul>
              ${gates.map(
                (gate) => html`<li>
                  ${text(gate.explanation)} <span class="muted">(${say.atMost(say.levelNames[gate.caps_at] ?? gate.caps_at)})</span>
                  ${gate.criteria.map((code) => html`<button type="button" class="btn btn-sm btn-link" @click=${() => ctx.goTo(code)}><bdi>${code}</bdi></button>`)}
                </li>`,
              )}
            </ul>`}
    </div>
  </details>`;
}

export function toolbar(ctx: Context): TemplateResult {
  return html`<div class="toolbar">
    ${place(ctx)}
    <div class="saving-box" role="status">${savingStatus(ctx)}</div>
    ${score(ctx)}
    <button type="button" class="btn btn-primary" @click=${() => {
      ctx.store.flush();
      ctx.screen.finishing = true;
      ctx.changed();
    }}>${icon("send")}${say.finish}</button>
  </div>`;
}

export function bottomBar(ctx: Context): TemplateResult {
  const { screen, store } = ctx;
  const all = progressOf([...store.criteria.values()], store.entries);
  const left = all.applicable - all.answered;
  const back = screen.neighbour(-1);
  const on = screen.neighbour(1);
  return html`<div class="bottom-bar">
    <button type="button" class="btn btn-outline-primary" ?disabled=${!back} @click=${() => back && ctx.openDomain(back.code)}>${icon("back")}<span class="on-wide">${say.previousDomain}</span><span class="visually-hidden on-narrow">${say.previousDomain}</span></button>
    ${left === 0
      ? html`<span class="all-answered">${icon("check")} ${say.allAnswered}</span>`
      : html`<button type="button" class="btn btn-primary" @click=${() => {
          const code = screen.next();
          if (code) ctx.goTo(code);
        }}>${icon("next")}${say.nextUnanswered} <span class="number">(${left})</span></button>`}
    <button type="button" class="btn btn-outline-primary" ?disabled=${!on} @click=${() => on && ctx.openDomain(on.code)}><span class="on-wide">${say.nextDomain}</span><span class="visually-hidden on-narrow">${say.nextDomain}</span>${icon("arrow")}</button>
  </div>`;
}
