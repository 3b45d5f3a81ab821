/** `table[data-stack]`: on a phone each cell says which column it belongs to (the styles write `data-label` before it). */
export function stack(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table[data-stack]")) {
    const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((head) => head.dataset["name"] ?? head.textContent?.trim() ?? "");
    for (const row of table.tBodies[0]?.rows ?? []) {
      [...row.cells].forEach((cell, place) => {
        if (cell.tagName === "TD") cell.dataset["label"] = names[place] ?? "";
      });
    }
  }
}
