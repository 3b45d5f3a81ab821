/** The domains with their progress; a column on a wide screen, a list that opens on a narrow one. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import type { Context } from "../context";
import { say } from "../messages/index";
import { criteriaOf, progressOf } from "../progress";
import type { Domain } from "../types";
import { icon, text } from "./parts";

function bar(share: number): TemplateResult {
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width=${Math.round(share * 100)} height="4"></rect></svg>`;
}

function row(domain: Domain, ctx: Context): TemplateResult {
  const { screen, store } = ctx;
  const progress = progressOf(criteriaOf(domain), store.entries);
  const here = domain.code === screen.domain;
  const shown = screen.shownIn(domain);
  return html`<li>
    <button type="button" class="domain ${screen.narrowed && shown === 0 ? "is-empty" : ""}" aria-current=${here ? "true" : nothing} @click=${() => ctx.openDomain(domain.code)}>
      <span class="domain-title">${progress.answered === progress.applicable ? icon("check") : nothing}${text(domain.title)}</span>
      ${bar(progress.applicable === 0 ? 0 : progress.answered / progress.applicable)}
      <span class="domain-counts">
        <span>${say.answeredOf(progress.answered, progress.applicable)}</span>
        ${progress.failing > 0 ? html`<span class="count-failing">${icon("flag")} ${say.failing(progress.failing)}</span>` : nothing}
        ${progress.critical > 0 ? html`<span>${icon("critical")} ${say.critical(progress.critical)}</span>` : nothing}
        ${screen.narrowed ? html`<span class="muted">${icon("filter")} ${say.shown(shown)}</span>` : nothing}
      </span>
    </button>
  </li>`;
}

export function domains(ctx: Context): TemplateResult {
  return html`<nav class="domains" id="domains" aria-label=${say.domains}>
    <ul>
      ${ctx.screen.domains.map((domain) => row(domain, ctx))}
    </ul>
  </nav>`;
}
