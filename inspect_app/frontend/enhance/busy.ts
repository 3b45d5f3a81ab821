/**
 * A link to a document that is made when it is asked for: `<a data-busy="Sentence" download>`. Until it has come the link
 * is busy, says so beside itself and to screen readers, and is not followed twice. Where anything fails the link is
 * followed as always, so that the server's own page tells what was wrong.
 */
function name(answer: Response): string {
  const said = answer.headers.get("Content-Disposition") ?? "";
  const long = /filename\*=UTF-8''([^;]+)/i.exec(said)?.[1];
  return long ? decodeURIComponent(long) : (/filename="?([^";]+)/i.exec(said)?.[1] ?? "");
}

async function take(link: HTMLAnchorElement): Promise<void> {
  const note = document.createElement("span");
  note.setAttribute("role", "status");
  note.className = "small text-body-secondary align-self-center";
  link.after(note);
  link.setAttribute("aria-busy", "true");
  note.textContent = link.dataset.busy ?? "";
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const address = URL.createObjectURL(await answer.blob());
    const door = document.createElement("a");
    door.href = address;
    door.download = name(answer);
    door.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch {
    location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
    note.remove();
  }
}

export function busy(root: Document): void {
  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-busy]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) void take(link);
  });
}
