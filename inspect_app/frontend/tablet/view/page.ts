/** The whole page: toolbar, domains, the criteria of one domain, the bar below. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { repeat } from "lit-html/directives/repeat.js";

import type { Context } from "../context";
import { say } from "../messages/index";
import type { Standard } from "../types";
import { criterionCard } from "./criterion";
import { dialogs } from "./dialogs";
import { domains } from "./domains";
import { finder } from "./finder";
import { icon, text } from "./parts";
import { bottomBar, toolbar } from "./toolbar";

function standard(row: Standard, ctx: Context): TemplateResult | typeof nothing {
  const criteria = row.criteria.filter((criterion) => ctx.screen.isShown(criterion));
  if (criteria.length === 0) return nothing;
  return html`<section class="standard" aria-labelledby="s-${row.code}">
    <h3 id="s-${row.code}">${text(row.title)}</h3>
    ${repeat(criteria, (criterion) => criterion.code, (criterion) => criterionCard(criterion, ctx))}
  </section>`;
}

export function page(ctx: Context): TemplateResult {
  const domain = ctx.screen.current;
  const none = domain === undefined || ctx.screen.shownIn(domain) === 0;
  return html`${toolbar(ctx)}
    <div class="answering">
      ${ctx.wide() ? domains(ctx) : nothing}
      <div class="criteria" id="criteria">
        ${!ctx.store.editable ? html`<p class="alert alert-info">${icon("lock")} ${say.readOnly}</p>` : nothing} ${finder(ctx)}
        ${none
          ? html`<div class="empty">
              <p>${say.nothingFound}</p>
              <button type="button" class="btn btn-primary" @click=${() => {
                ctx.screen.find("all", "");
                ctx.changed();
              }}>${say.showAll}</button>
            </div>`
          : keyed(
              domain.code,
              html`<h2 id="domain-title" tabindex="-1">${text(domain.title)}</h2>
                ${repeat(domain.standards, (row) => row.code, (row) => standard(row, ctx))}`,
            )}
      </div>
    </div>
    ${bottomBar(ctx)} ${dialogs(ctx)}`;
}
