/** The visit could not be opened. */
import { html } from "lit-html";
import type { TemplateResult } from "lit-html";

import { say } from "../messages/index";
import { icon } from "./parts";

export function failure(sentence: string, again: () => void): TemplateResult {
  return html`<div class="alert alert-danger" role="alert">
    <p class="fw-bold mb-1">${icon("alert")} ${say.loadFailed}</p>
    <p>${sentence}</p>
    <button type="button" class="btn btn-primary" @click=${again}>${say.retryNow}</button>
  </div>`;
}
