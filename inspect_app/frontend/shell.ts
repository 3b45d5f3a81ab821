/** The tablet: whose PIN, which visits, one visit open. Everything here works without a network. */
import "./styles/shell.scss";

import { html, render } from "lit-html";

import { Door } from "./tablet/app/door";
import { List } from "./tablet/app/list";
import { openVisit, type OpenVisit } from "./tablet/app/open";
import { Person } from "./tablet/app/person";
import { rememberLanguage, Versions } from "./tablet/app/versions";
import { tell } from "./tablet/app/words/index";
import { Holders } from "./tablet/device/holders";
import { language } from "./tablet/messages/index";
import { icon, useIcons } from "./tablet/view/parts";
import { fresh } from "./tablet/visit";

/** In the background for so long, the device locks itself when it is looked at again. */
const LOCK_AFTER_MS = 15 * 60_000;

function start(root: HTMLElement): void {
  const given = (name: string): string => root.dataset[name] ?? "";
  const addresses = { file: "", signIn: given("signIn"), icons: given("icons"), visits: given("visits") };
  useIcons(addresses.icons);
  if (!crypto.subtle || !("indexedDB" in window)) {
    render(html`<p class="alert alert-danger" role="alert">${icon("alert")} ${tell.notPossible}</p>`, fresh(root));
    return;
  }
  const holders = new Holders();
  let person: Person | null = null;
  let visit: OpenVisit | null = null;
  let list: List | null = null;
  let said = "";
  let box = fresh(root);
  let planned = false;

  /** The window bears the name of what it shows. */
  const called = (): void => {
    const heading = root.querySelector("h1")?.textContent?.replace(/\s+/g, " ").trim();
    if (heading) document.title = `${heading} · ${given("product")}`;
  };
  const draw = (): void => {
    planned = false;
    if (visit) {
      visit.draw();
      return called();
    }
    const notice = said ? html`<p class="alert alert-warning" role="alert">${said}</p>` : "";
    render(html`${notice}${person && list ? list.view() : door.view()}`, box);
    called();
  };
  const changed = (): void => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(draw);
  };
  const versions = new Versions(changed);

  const lock = async (why = ""): Promise<void> => {
    await leave();
    person?.close();
    person = list = null;
    said = why;
    await door.start();
    changed();
  };
  const leave = async (): Promise<void> => {
    if (!visit) return;
    await visit.close();
    visit = null;
    history.replaceState(null, "", location.pathname);
    box = fresh(root);
    await list?.look();
    window.scrollTo({ top: 0 });
    changed();
  };
  const open = async (id: number): Promise<void> => {
    if (!person || visit) return;
    const opened = await openVisit(root, person, id, { ...addresses, file: `${addresses.visits}${id}` }, () => void leave());
    if (opened) {
      visit = opened;
      said = "";
      history.replaceState(null, "", `#/visit/${id}`);
      draw();
    } else {
      said = tell.openElsewhere;
      changed();
    }
  };
  const wipe = async (revoked: boolean): Promise<void> => {
    const holder = person?.holder;
    await leave();
    person?.close();
    person = list = null;
    if (holder) await holders.wipe(holder.account, revoked ? holder.device : "");
    said = revoked ? tell.revoked : tell.removed;
    await door.start();
    changed();
  };
  const door: Door = new Door(holders, addresses.signIn, changed, (holder, key) => {
    const mine = new Person(holder, key, holders, changed, () => void wipe(true));
    person = mine;
    list = new List(mine, versions, addresses, changed, {
      open: (id) => void open(id),
      lock: () => void lock(),
      remove: () => wipe(false),
    });
    said = "";
    box = fresh(root);
    void navigator.storage?.persist?.();
    void mine.start().then(async () => {
      await list?.look();
      const asked = /^#\/visit\/(\d+)$/.exec(location.hash)?.[1];
      if (asked && mine.taken.some(({ id }) => id === Number(asked))) await open(Number(asked));
    }).catch(mine.unlessGone);
  });

  window.addEventListener("online", () => person?.syncer.retry());
  window.addEventListener("beforeunload", (event) => {
    if (visit?.atRisk()) event.preventDefault();
  });
  let hiddenAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      hiddenAt = Date.now();
      visit?.atRisk(); // what is typed becomes an operation now
    } else if (person && hiddenAt && Date.now() - hiddenAt > LOCK_AFTER_MS) void lock();
    else {
      person?.syncer.retry();
      versions.look();
    }
  });
  setInterval(() => person?.syncer.state.kind === "waiting" && !visit && changed(), 1_000);
  void rememberLanguage(given("scope"), language);
  void versions.start(given("worker"), given("scope"));
  void door.start();
  changed();
}

const root = document.getElementById("tablet");
if (root) {
  const waiting = root.querySelector("[data-loading]");
  if (waiting) waiting.textContent = tell.starting;
  start(root);
}
