/** htmx, for pages that exchange parts of themselves; with nothing that the content security policy forbids. */
import htmx from "htmx.org";

export function exchange(): void {
  htmx.config.includeIndicatorStyles = false;
  htmx.config.allowEval = false;
  document.body.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
    if (token) (event as CustomEvent).detail.headers["X-CSRFToken"] = token;
  });
  htmx.process(document.body);
}
