/** htmx, for pages that exchange parts of themselves; with nothing that the content security policy forbids. */
import htmx from "htmx.org";

export function exchange(): void {
  htmx.config.includeIndicatorStyles = false;
  htmx.config.allowEval = false;
  document.body.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
    if (token) (event as CustomEvent).detail.headers["X-CSRFToken"] = token;
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(name, (event) => tell((event as CustomEvent).detail.elt, true));
  }
  document.body.addEventListener("htmx:afterOnLoad", (event) => {
    const { elt, xhr } = (event as CustomEvent).detail;
    if (xhr.status < 400) tell(elt, false);
  });
  htmx.process(document.body);
}

/** A form that could not be sent says so in its `data-not-saved`, and what was typed stays. */
export function tell(sender: Element, failed: boolean): void {
  const words = sender.closest("form")?.querySelector<HTMLElement>("[data-not-saved]");
  if (words) words.hidden = !failed;
}
