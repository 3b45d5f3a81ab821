/**
 * `data-confirm="sentence"` on a form or on its button: asks before it is sent.
 * The dialog itself (with its translated buttons) stands in layouts/_dialogs.html.
 */
const agreed = new WeakSet<HTMLFormElement>();

export function confirmations(root: Document): void {
  const dialog = root.querySelector<HTMLDialogElement>("#confirm-dialog");
  if (!dialog) return;
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    const sentence = button?.dataset["confirm"] ?? form.dataset["confirm"];
    if (!sentence || agreed.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(dialog, sentence, button?.dataset["confirmLabel"] ?? button?.textContent?.trim() ?? "", () => {
      agreed.add(form);
      if (button) form.requestSubmit(button);
      else form.requestSubmit();
      agreed.delete(form);
    });
  });
}

/** Shows the sentence; calls `yes` when the person agrees. */
export function ask(dialog: HTMLDialogElement, sentence: string, label: string, yes: () => void): void {
  const text = dialog.querySelector<HTMLElement>("[data-sentence]");
  const accept = dialog.querySelector<HTMLButtonElement>("[value=yes]");
  if (!text || !accept) return;
  text.textContent = sentence;
  if (label) accept.textContent = label;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && yes(), { once: true });
  dialog.showModal();
}
