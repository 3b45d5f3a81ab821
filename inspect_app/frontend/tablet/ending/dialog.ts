/** A dialog of its own over the page: drawn when it says so, gone when it is closed. */
import { html, render } from "lit-html";
import type { TemplateResult } from "lit-html";

import { icon } from "../view/parts";
import { words } from "./words/index";

export interface Dialog {
  draw(): void;
  close(): void;
  readonly element: HTMLDialogElement;
}

/** `view` draws everything but the heading and the way out. */
export function openDialog(name: string, title: string, view: (dialog: Dialog) => TemplateResult, closed: () => void = () => undefined): Dialog {
  const element = document.createElement("dialog");
  element.className = `ending ${name}-dialog`;
  element.setAttribute("aria-labelledby", `${name}-title`);
  let open = true;
  const dialog: Dialog = {
    element,
    draw: () => {
      if (!open) return;
      render(
        html`<div class="ending-head"><h2 class="h3 m-0" id="${name}-title">${title}</h2>
            <button type="button" class="btn btn-outline-secondary ending-close" @click=${() => element.close()}>${icon("close")}${words.close}</button></div>
          ${view(dialog)}`,
        element,
      );
    },
    close: () => element.close(),
  };
  element.addEventListener("close", () => {
    open = false;
    element.remove();
    closed();
  });
  document.body.append(element);
  dialog.draw();
  element.showModal();
  return dialog;
}
