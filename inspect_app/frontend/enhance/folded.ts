/** `details[data-folded]`: open where there is room for it; on a phone the reader opens it. The styles do the same at once. */
export function folded(root: ParentNode): void {
  const wide = window.matchMedia("(min-width: 576px)");
  const open = (): void => {
    if (!wide.matches) return;
    for (const box of root.querySelectorAll<HTMLDetailsElement>("details[data-folded]")) box.open = true;
  };
  open();
  wide.addEventListener("change", open); // a phone that is turned
}
