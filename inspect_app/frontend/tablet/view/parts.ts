/** Small things used everywhere: icons, texts that say their language, tags. */
import { html, nothing } from "lit-html";
import type { TemplateResult } from "lit-html";

import { language, nearest } from "../messages/index";
import type { Text } from "../types";

let sprite = "";
export function useIcons(address: string): void {
  sprite = address;
}

export function icon(name: string): TemplateResult {
  const flip = ["arrow", "back", "next", "chevron", "send"].includes(name) ? " icon-flip" : "";
  return html`<svg class="icon${flip}" aria-hidden="true" focusable="false"><use href="${sprite}#${name}"></use></svg>`;
}

/** A text of the checklist; where it is not in the reader's language it says so to screen readers and to the line. */
export function text(value: Text): TemplateResult {
  const { words, lang } = nearest(value);
  if (lang === language) return html`${words}`;
  return html`<span lang=${lang} dir=${lang === "ar" ? "rtl" : "ltr"}>${words}</span>`;
}

export function tag(words: unknown, tone = "", name = ""): TemplateResult {
  return html`<span class="tag ${tone ? `tag-${tone}` : ""}">${name ? icon(name) : nothing}${words}</span>`;
}
