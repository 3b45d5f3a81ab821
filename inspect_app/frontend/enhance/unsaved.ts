/** `form[data-unsaved]`: leaving the page with changes that were not sent asks first (the browser's own sentence). */
export function unsaved(root: Document): void {
  const changed = new Set<HTMLFormElement>();
  root.addEventListener("input", (event) => {
    const form = (event.target as HTMLInputElement).form;
    if (form?.hasAttribute("data-unsaved")) changed.add(form);
  });
  root.addEventListener("submit", (event) => changed.delete(event.target as HTMLFormElement));
  window.addEventListener("beforeunload", (event) => {
    if (changed.size > 0) event.preventDefault();
  });
}
