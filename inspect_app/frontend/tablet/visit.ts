/** A visit on the screen: state, screen and deeds put together, drawn at most once per frame. */
import { render } from "lit-html";

import type { Addresses, Context, OfflineParts } from "./context";
import type { Photographs } from "./photos";
import { Screen } from "./screen";
import type { Store } from "./store";
import type { Sources } from "./types";
import { openDialogs } from "./view/dialogs";
import { page } from "./view/page";

export interface Parts<P extends Photographs> {
  addresses: Addresses;
  photos(changed: () => void): P;
  store(changed: () => void, photos: P): Store;
  sources(): Promise<Sources>;
  offline?(ctx: Context): OfflineParts;
}
export interface Mounted<P extends Photographs> {
  ctx: Context;
  store: Store;
  photos: P;
  draw(): void;
  close(): void;
}

/** An empty place to draw in: what stood there before (loading, a failure) goes. */
export function fresh(root: HTMLElement): HTMLElement {
  const box = document.createElement("div");
  root.replaceChildren(box);
  return box;
}

export function mountVisit<P extends Photographs>(root: HTMLElement, parts: Parts<P>): Mounted<P> {
  const box = fresh(root);
  let planned = false;
  let closed = false;
  const draw = (): void => {
    planned = false;
    if (closed) return;
    render(page(ctx), box);
    openDialogs(box);
  };
  const changed = (): void => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(draw);
  };

  const photos = parts.photos(changed);
  const store = parts.store(changed, photos);
  const room = window.matchMedia("(min-width: 1000px)");
  room.addEventListener("change", changed);
  const screen = new Screen(store, `miyar-visit-${store.pack.id}`);
  const ctx: Context = {
    store,
    screen,
    photos,
    addresses: parts.addresses,
    changed,
    wide: () => room.matches,
    goTo(code) {
      const domain = screen.domainOf(code);
      const criterion = store.criteria.get(code);
      if (!domain || !criterion) return;
      if (!screen.isShown(criterion)) screen.find("all", "");
      screen.open(domain);
      screen.last = code;
      screen.domainsOpen = false;
      draw();
      const card = document.getElementById(`c-${code}`);
      card?.focus({ preventScroll: true });
      card?.scrollIntoView({ block: "start" });
      for (const menu of root.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) menu.open = false;
    },
    openDomain(code) {
      store.flush();
      screen.open(code);
      screen.last = null;
      draw();
      window.scrollTo({ top: root.offsetTop });
      document.getElementById("domain-title")?.focus({ preventScroll: true });
    },
    loadSources() {
      if (screen.sources) return;
      void parts.sources().then(
        (sources) => {
          screen.sources = sources;
          changed();
        },
        () => undefined, // the codes stay on the screen; opening it again tries again
      );
    },
  };
  if (parts.offline) ctx.offline = parts.offline(ctx);
  return {
    ctx,
    store,
    photos,
    draw,
    close: () => {
      closed = true;
      room.removeEventListener("change", changed);
    },
  };
}
