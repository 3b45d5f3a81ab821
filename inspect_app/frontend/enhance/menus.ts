/** `details.menu`: closes on Escape, on a click elsewhere, and when the focus leaves it. */
export function menus(root: Document): void {
  const open = (): NodeListOf<HTMLDetailsElement> => root.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
  root.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  root.addEventListener("focusin", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
}
