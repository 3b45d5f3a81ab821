/** The answering page: fetch the visit, keep its state, draw it, warn before anything unsaved would be left behind. */
import "./styles/tablet.scss";

import { render } from "lit-html";

import { HttpApi, Problem } from "./tablet/api";
import { say } from "./tablet/messages/index";
import { PhotoBox } from "./tablet/photos";
import { Store } from "./tablet/store";
import { failure } from "./tablet/view/failure";
import { useIcons } from "./tablet/view/parts";
import { fresh, mountVisit } from "./tablet/visit";

const REFRESH_MS = 60_000;

async function start(root: HTMLElement): Promise<void> {
  const given = (name: string): string => root.dataset[name] ?? "";
  useIcons(given("icons"));
  const api = new HttpApi(given("api"), given("sources"));
  let pack;
  try {
    pack = await api.pack();
  } catch (error) {
    const sentence = error instanceof Problem ? error.title : "";
    render(failure(sentence, () => void start(root)), fresh(root));
    return;
  }
  const { ctx, store, photos, draw } = mountVisit(root, {
    addresses: { file: given("file"), signIn: given("signIn"), icons: given("icons") },
    photos: (changed) => {
      const box = new PhotoBox(api, changed);
      box.kept = pack.photos;
      return box;
    },
    store: (changed, box) =>
      new Store(pack, {
        send: (operations) => api.send(operations),
        reload: async () => {
          const latest = await api.pack();
          box.kept = latest.photos;
          return latest;
        },
        changed,
      }),
    sources: () => api.sources(),
  });

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
  setInterval(() => store.outbox.state.kind === "waiting" && ctx.changed(), 1_000);
  setInterval(() => document.visibilityState === "visible" && store.outbox.state.kind === "idle" && void store.refresh(), REFRESH_MS);
  draw();
}

const root = document.getElementById("answer-page");
if (root) {
  const waiting = root.querySelector("[data-loading]");
  if (waiting) waiting.textContent = say.loading;
  void start(root);
}
