/** Filters and search. */
import { html } from "lit-html";
import type { TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";

import type { Context } from "../context";
import { say } from "../messages/index";
import { FILTERS, passes } from "../progress";
import type { Filter } from "../progress";

export function finder(ctx: Context): TemplateResult {
  const { screen, store } = ctx;
  const count = (filter: Filter): number =>
    [...store.criteria.values()].filter((criterion) => passes(filter, criterion, store.findings)).length;
  const filters = FILTERS.filter((filter) => {
    if (filter === "changed") return store.pack.previous !== null;
    return filter !== "disputed" || screen.filter === filter || count(filter) > 0;
  });
  const find = (filter: Filter, query: string): void => {
    screen.find(filter, query);
    ctx.changed();
  };
  return html`<div class="finder" role="search">
    <div>
      <label class="visually-hidden" for="criteria-search">${say.search}</label>
      <input class="form-control" id="criteria-search" type="search" maxlength="100" dir="auto" placeholder=${say.search} .value=${live(screen.query)}
        @input=${(event: InputEvent) => find(screen.filter, (event.target as HTMLInputElement).value)} />
    </div>
    <fieldset class="chips">
      <legend class="visually-hidden">${say.filter}</legend>
      ${filters.map(
        (filter) => html`<label class="chip"><input type="radio" name="filter" value=${filter} .checked=${live(screen.filter === filter)} @change=${() => find(filter, screen.query)} />
          <span>${say.filters[filter]} <span class="number">(${count(filter)})</span></span></label>`,
      )}
    </fieldset>
  </div>`;
}
