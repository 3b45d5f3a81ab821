/** After a refused form the summary of faults is what a screen reader and the eye meet first. */
export function focusErrors(root: Document): void {
  root.querySelector<HTMLElement>("[data-focus]")?.focus();
}
