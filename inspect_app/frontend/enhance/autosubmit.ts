/** `form[data-autosubmit]`: a filter acts as soon as a choice is made; typing acts on Enter or after leaving the field. */
export function autosubmit(root: Document): void {
  root.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) return;
    const form = field.form;
    if (!form?.hasAttribute("data-autosubmit") || !form.reportValidity()) return;
    form.requestSubmit();
  });
}
