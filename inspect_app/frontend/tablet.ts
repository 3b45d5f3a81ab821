/** The answering page: fetch the visit, keep its state, draw it, warn before anything unsaved would be left behind. */
import "./styles/tablet.scss";

import { render } from "lit-html";

import { HttpApi, Problem } from "./tablet/api";
import type { Context } from "./tablet/context";
import { say } from "./tablet/messages/index";
import { PhotoBox } from "./tablet/photos";
import { Screen } from "./tablet/screen";
import { Store } from "./tablet/store";
import { failure } from "./tablet/view/failure";
import { openDialogs } from "./tablet/view/dialogs";
import { page } from "./tablet/view/page";
import { useIcons } from "./tablet/view/parts";

const REFRESH_MS = 60_000;

/** An empty place to draw in: what stood there before (loading, a failure) goes. */
function fresh(root: HTMLElement): HTMLElement {
  const box = document.createElement("div");
  root.replaceChildren(box);
  return box;
}

async function start(root: HTMLElement): Promise<void> {
  const given = (name: string): string => root.dataset[name] ?? "";
  const addresses = { file: given("file"), signIn: given("signIn"), icons: given("icons") };
  useIcons(addresses.icons);
  const api = new HttpApi(given("api"), given("sources"));
  let pack;
  try {
    pack = await api.pack();
  } catch (error) {
    const sentence = error instanceof Problem ? error.title : "";
    render(failure(sentence, () => void start(root)), fresh(root));
    return;
  }
  const box = fresh(root);

  let planned = false;
  const draw = (): void => {
    planned = false;
    render(page(ctx), box);
    openDialogs(box);
  };
  const changed = (): void => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(draw);
  };

  const photos = new PhotoBox(api, changed);
  photos.kept = pack.photos;
  const store: Store = new Store(pack, {
    send: (operations) => api.send(operations),
    reload: async () => {
      const latest = await api.pack();
      photos.kept = latest.photos;
      return latest;
    },
    changed,
  });
  const room = window.matchMedia("(min-width: 1000px)");
  room.addEventListener("change", changed);
  const screen = new Screen(store, `miyar-visit-${pack.id}`);
  const ctx: Context = {
    store,
    screen,
    photos,
    addresses,
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
      void api.sources().then(
        (sources) => {
          screen.sources = sources;
          changed();
        },
        () => undefined, // the codes stay on the screen; opening it again tries again
      );
    },
  };

  window.addEventListener("online", () => {
    store.outbox.retry();
    photos.retry();
  });
  window.addEventListener("beforeunload", (event) => {
    store.flush();
    if (store.unsaved().length > 0 || photos.shots.length > 0) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") store.flush();
    else if (store.outbox.state.kind === "blocked") store.outbox.retry();
    else void store.refresh();
  });
  setInterval(() => store.outbox.state.kind === "waiting" && changed(), 1_000);
  setInterval(() => document.visibilityState === "visible" && store.outbox.state.kind === "idle" && void store.refresh(), REFRESH_MS);
  draw();
}

const root = document.getElementById("answer-page");
if (root) {
  const waiting = root.querySelector("[data-loading]");
  if (waiting) waiting.textContent = say.loading;
  void start(root);
}
