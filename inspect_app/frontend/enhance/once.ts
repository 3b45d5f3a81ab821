/**
 * A form that is sent by POST is sent once, however often the button is pressed. `data-many` on the form switches this off.
 * The button comes back after a while (a file was downloaded, the line was cut) and when the page is shown again.
 */
const PATIENCE_MS = 10_000;
const sent = new Set<HTMLFormElement>();

function release(form: HTMLFormElement): void {
  sent.delete(form);
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

export function once(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-many")) return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), PATIENCE_MS);
  });
  window.addEventListener("pageshow", () => sent.forEach(release));
}
