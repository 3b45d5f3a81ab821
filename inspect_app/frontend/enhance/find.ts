/** `[data-find]`: a search field that leaves of a long page (`[data-find-item]` in `[data-find-group]`) what holds all the words typed. */
import { fold, found } from "../tablet/search";

export function find(root: ParentNode): void {
  const box = root.querySelector<HTMLElement>("[data-find]");
  const input = box?.querySelector("input");
  const count = box?.querySelector("[data-find-count]");
  if (!box || !input || !count) return;
  box.hidden = false;
  const items = [...root.querySelectorAll<HTMLElement>("[data-find-item]")].map((item) => ({ item, text: fold(item.textContent ?? "") }));
  const show = (): void => {
    for (const { item, text } of items) item.hidden = !found(text, input.value);
    for (const group of root.querySelectorAll<HTMLElement>("[data-find-group]")) {
      group.hidden = !group.querySelector("[data-find-item]:not([hidden])");
    }
    count.textContent = `${items.filter(({ item }) => !item.hidden).length} / ${items.length}`;
  };
  input.addEventListener("input", show);
  show(); // the browser may have kept what was typed
}
