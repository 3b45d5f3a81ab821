/** What stays in sight: where I am, whether everything is saved, the provisional result, the way out. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import type { Problem } from "../api";
import type { Context } from "../context";
import { percent, say } from "../messages/index";
import { criteriaOf, progressOf } from "../progress";
import { domains } from "./domains";
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
    ${progress ? html`<span class="number">${progress.answered}/${progress.applicable}</span>` : nothing}${icon("down")}</button>
    ${ctx.screen.domainsOpen && !ctx.wide() ? domains(ctx) : nothing}`;
}

/** In the toolbar one sign, always of the same size: the page must not move under the finger. */
function savingSign(ctx: Context): TemplateResult {
  if (ctx.offline) return ctx.offline.sign();
  const { store, photos } = ctx;
  const sign = (kind: string, name: string, words: string): TemplateResult =>
    html`<span class="saving saving-${kind}">${icon(name)} <span class="words">${words}</span></span>`;
  const unsaved = store.unsaved();
  if (unsaved.length === 0 && photos.shots.length === 0) {
    return store.editable ? sign("good", "saved", say.allSaved) : sign("none", "lock", say.readOnlyShort);
  }
  if (isOnItsWay(ctx)) return sign("none", "sending", say.sendingNow);
  return sign("bad", "offline", say.status.waiting);
}

function isOnItsWay({ store, photos }: Context): boolean {
  return (
    store.unsaved().every((code) => ["sending", "waiting"].includes(store.statusOf(code))) &&
    ["sending", "idle"].includes(store.outbox.state.kind) &&
    photos.shots.every((shot) => shot.status === "sending")
  );
}

/** Nothing can be saved before a person does something: why, and what. */
function blocked(ctx: Context, problem: Problem, what: string): TemplateResult {
  const signedOut = problem.status === 401;
  return html`<div class="hold-up hold-up-blocked" role="alert">
    <span>${icon("alert")} ${what}. ${say.blocked} ${signedOut ? say.signInAgain : problem.title || say.refusal[""]}</span>
    <span class="actions">
      ${signedOut ? html`<a class="btn btn-sm btn-primary" href=${ctx.addresses.signIn} target="_blank" rel="noopener">${icon("external")}${say.signIn}</a>` : nothing}
      <button type="button" class="btn btn-sm btn-warning" @click=${() => ctx.store.outbox.retry()}>${say.retryNow}</button>
    </span>
  </div>`;
}

/** What holds back saving, and how to go on: a strip over the bar below. */
export function holdUp(ctx: Context): unknown {
  if (ctx.offline) return ctx.offline.strip();
  const { store, photos } = ctx;
  const state = store.outbox.state;
  const unsaved = store.unsaved();
  if ((unsaved.length === 0 && photos.shots.length === 0) || isOnItsWay(ctx)) return nothing;
  const parts: unknown[] = [];
  if (unsaved.length > 0) parts.push(say.notSaved(unsaved.length));
  if (photos.shots.length > 0) parts.push(say.photosNotSent(photos.shots.length));
  if (state.kind === "waiting") parts.push(say.retryIn(Math.max(0, Math.ceil((state.retryAt - Date.now()) / 1000))));
  if (state.kind === "blocked") return blocked(ctx, state.problem, parts.join(" · "));
  const held = state.kind === "waiting";
  const first = unsaved.find((code) => ["incomplete", "refused"].includes(store.statusOf(code))) ?? photos.shots[0]?.criterion;
  return html`<div class="hold-up">
    <span>${icon("offline")} ${parts.join(" · ")}</span>
    ${held ? html`<button type="button" class="btn btn-sm btn-warning" @click=${() => store.outbox.retry()}>${say.retryNow}</button>` : nothing}
    ${!held && first ? html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => ctx.goTo(first)}><bdi>${first}</bdi></button>` : nothing}
  </div>`;
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
        ? html`<span class="tag level level-${level} ${card.complete ? "" : "is-provisional"}">${icon(LEVEL_ICONS[level] ?? "flag")}${say.levelNames[level] ?? level}</span>`
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

function finish(ctx: Context): TemplateResult {
  return html`<button type="button" class="btn btn-primary finish" @click=${() => {
      ctx.store.flush();
      ctx.screen.finishing = true;
      ctx.changed();
    }}>${icon("send")}${say.finish}</button>`;
}

export function toolbar(ctx: Context): TemplateResult {
  return html`<div class="toolbar">
    ${place(ctx)}
    <div class="saving-box" role="status">${savingSign(ctx)}</div>
    ${score(ctx)}
    ${ctx.store.editable || ctx.offline ? finish(ctx) : html`<a class="btn btn-primary finish" href=${ctx.addresses.file}>${icon("document")}${say.backToFile}</a>`}
  </div>`;
}

export function bottomBar(ctx: Context): TemplateResult {
  const { screen, store } = ctx;
  const all = progressOf([...store.criteria.values()], store.entries);
  const left = all.applicable - all.answered;
  const back = screen.neighbour(-1);
  const on = screen.neighbour(1);
  return html`<div class="bottom">${holdUp(ctx)}<div class="bottom-bar">
    <button type="button" class="btn btn-outline-primary" ?disabled=${!back} @click=${() => back && ctx.openDomain(back.code)}>${icon("back")}<span class="on-wide">${say.previousDomain}</span><span class="visually-hidden on-narrow">${say.previousDomain}</span></button>
    ${left === 0
      ? html`<span class="all-answered">${icon("check")} ${say.allAnswered}</span>`
      : html`<button type="button" class="btn btn-primary" @click=${() => {
          const code = screen.next();
          if (code) ctx.goTo(code);
        }}>${icon("next")}${say.nextUnanswered} <span class="number">(${left})</span></button>`}
    <button type="button" class="btn btn-outline-primary" ?disabled=${!on} @click=${() => on && ctx.openDomain(on.code)}><span class="on-wide">${say.nextDomain}</span><span class="visually-hidden on-narrow">${say.nextDomain}</span>${icon("arrow")}</button>
  </div></div>`;
}
