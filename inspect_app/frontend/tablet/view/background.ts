/** What stands behind a criterion: how to verify it, and on what it rests. Folded until it is wanted. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import type { Context } from "../context";
import { say } from "../messages/index";
import type { Criterion, SourceRef } from "../types";
import { icon, tag, text } from "./parts";

const TONES: Record<string, string> = { seen: "good", "second-hand": "warn", "to-verify": "warn", unknown: "warn", benchmark: "info", programme: "info" };
const METHOD_ICONS: Record<string, string> = { document: "document", observation: "search", interview: "people" };

export function verification(criterion: Criterion): TemplateResult {
  return html`<details class="fold">
    <summary>${icon("checklist")} ${say.verify}</summary>
    <ul class="verify">
      ${criterion.verify.map(
        (way) => html`<li><span class="method">${icon(METHOD_ICONS[way.method] ?? "info")} ${say.methods[way.method] ?? way.method}</span> <span>${text(way)}</span></li>`,
      )}
    </ul>
    ${criterion.note ? html`<p class="mb-2"><strong>${say.remark}:</strong> ${text(criterion.note)}</p>` : nothing}
  </details>`;
}

function source(ref: SourceRef, ctx: Context): TemplateResult {
  const known = ctx.screen.sources?.[ref.source];
  const line = known?.lines[ref.line];
  return html`<li>
    ${tag(say.sourceStatus[ref.status] ?? ref.status, TONES[ref.status] ?? "", ref.status === "seen" ? "check" : "")}
    ${known ? html`<span>${text(known.title)}</span>` : html`<bdi>${ref.source}</bdi>`}
    ${line ? html`<span class="muted">— ${text(line.title)}</span>` : known ? nothing : html`<bdi class="muted">${ref.line}</bdi>`}
    ${line?.confirm ? html`<span class="muted">(${say.toConfirm})</span>` : nothing}
  </li>`;
}

export function sources(criterion: Criterion, ctx: Context): TemplateResult {
  const statuses = [...new Set(criterion.sources.map((ref) => ref.status))];
  return html`<details class="fold" @toggle=${() => ctx.loadSources()}>
    <summary>${icon("law")} ${say.sources}: <span class="muted">${statuses.map((status) => say.sourceStatus[status] ?? status).join(" · ")}</span></summary>
    <ul class="sources">
      ${criterion.sources.map((ref) => source(ref, ctx))}
    </ul>
  </details>`;
}
