/** A visit opened from the device: the same screen as the page that is always on the line, over records that outlive it. */
import { html, nothing, render } from "lit-html";

import type { Addresses } from "../context";
import { DeviceOutbox } from "../device/outbox";
import { Ending } from "../ending/ending";
import { DevicePhotos } from "../device/pictures";
import { Provisional } from "../device/provisional";
import { say } from "../messages/index";
import { type Entry, Store } from "../store";
import type { Sources } from "../types";
import { icon, text } from "../view/parts";
import { type Mounted, mountVisit } from "../visit";
import type { Person } from "./person";
import { hindrance, where } from "./where";
import { tell } from "./words/index";

const DRAFTS_MS = 250;
const REFRESH_MS = 60_000;

export interface OpenVisit {
  close(): Promise<void>;
  /** whether something lives in this page alone */
  atRisk(): boolean;
  draw(): void;
}

/** Null where another window of the device has it open. */
async function alone(name: string): Promise<(() => void) | null> {
  if (!("locks" in navigator)) return () => undefined;
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((release) => resolve(release));
    });
  });
}

export async function openVisit(root: HTMLElement, person: Person, id: number, addresses: Addresses, leave: () => void): Promise<OpenVisit | null> {
  const release = await alone(`miyar-visit-${person.holder.account}-${id}`);
  if (!release) return null;
  const taken = await person.visits.open(id);
  if (!taken) {
    release();
    return null;
  }
  const { journal, syncer } = person;
  const kept = await journal.operations(id);
  const drafts = (await journal.noted<Record<string, Entry>>(`drafts/${id}`)) ?? {};
  const provisional = new Provisional(taken.pack, taken.rules);
  let outbox!: DeviceOutbox;
  let ending!: Ending;
  let keptDrafts = JSON.stringify(drafts);
  let saving: ReturnType<typeof setTimeout> | null = null;

  const heading = document.createElement("div");
  const place = document.createElement("div");
  root.replaceChildren(heading, place);
  const { institution, reference } = taken.pack;
  render(
    html`<div class="visit-head"><button type="button" class="btn btn-link back-to-visits" @click=${leave}>${icon("back")}${tell.visits}</button>
      <h1 class="visit-title"><bdi>${text(institution.name)}</bdi> <small class="muted"><bdi>${reference}</bdi></small></h1></div>`,
    heading,
  );
  const mounted: Mounted<DevicePhotos> = mountVisit(place, {
    addresses,
    photos: (changed) => {
      const photos = new DevicePhotos(id, journal, syncer, person.server, changed);
      photos.kept = taken.pack.photos;
      return photos;
    },
    store: (changed, photos) =>
      new Store(taken.pack, {
        send: () => Promise.reject(new Error("the device's outbox sends")),
        reload: async () => {
          const { pack } = await person.visits.take(id);
          photos.kept = pack.photos;
          return pack;
        },
        changed: () => {
          saving ??= setTimeout(() => void keepDrafts(), DRAFTS_MS);
          changed();
        },
        outbox: (events) => (outbox = new DeviceOutbox(id, journal, syncer, events, kept)),
        reckon: (answers) => provisional.score(answers),
      }),
    sources: async () => {
      const known = await journal.noted<Sources>("sources");
      if (known) return known;
      const found = await person.server.sources();
      await journal.note("sources", found);
      return found;
    },
    offline: () => ({
      statusWords: { saved: tell.onServer, sending: tell.sending },
      sign: () => html`<span class="where-sign" data-waiting=${outbox.size} data-unwritten=${outbox.unwritten}>${sign()}</span>`,
      strip: () => strip(),
      beside: (code) => ending.beside(code),
      closing: () => ending.section(),
      ending: () => {
        const here = outbox.size + mounted.photos.shots.length + ending.papers.here;
        if (incomplete()) return html`<p class="fault">${toComplete()}</p>`;
        return here > 0 ? html`<p>${icon("device")} ${tell.ending(here)}</p>` : html`<p>${icon("saved")} ${tell.endingAll}</p>
              <p><a class="btn btn-outline-primary" href=${addresses.file}>${icon("document")}${say.goToFile}</a></p>`;
      },
      leave,
    }),
  });
  const { store, photos, ctx } = mounted;
  ending = new Ending({
    visit: id,
    person,
    failingBelow: taken.rules.scale.failing_below,
    store: () => store,
    photos: () => photos,
    waiting: () => ({ answers: outbox.size, photographs: photos.shots.filter((shot) => shot.status !== "refused").length }),
    refresh: () => store.refresh(),
    changed: () => ctx.changed(),
    goTo: (code) => {
      document.querySelector<HTMLDialogElement>("#finish-dialog")?.close();
      ctx.goTo(code);
    },
  });

  /** The first criterion of which something is not saved before a person does more. */
  const incomplete = () => store.unsaved().find((code) => ["incomplete", "refused"].includes(store.statusOf(code)));
  const toComplete = () => {
    const code = incomplete();
    const go = (): void => {
      document.querySelector<HTMLDialogElement>("#finish-dialog")?.close();
      if (code) ctx.goTo(code);
    };
    return code
      ? html`<span class="to-complete">${icon("alert")} ${say.status[store.statusOf(code) as "incomplete" | "refused"]} <button type="button" class="btn btn-sm btn-outline-secondary" @click=${go}><bdi>${code}</bdi></button></span>`
      : nothing;
  };
  const sign = () => {
    const code = incomplete();
    if (code) return html`<span class="saving saving-bad">${icon("alert")} <span class="words">${say.status[store.statusOf(code) as "incomplete" | "refused"]}</span></span>`;
    const here = outbox.size + photos.shots.filter((shot) => shot.status !== "draft").length + ending.papers.here;
    if (syncer.state.kind === "sending" && here > 0) return html`<span class="saving saving-none">${icon("sending")} <span class="words">${tell.sending} <span class="number">(${here})</span></span></span>`;
    if (here > 0) return html`<span class="saving saving-bad">${icon("device")} <span class="words">${tell.here} <span class="number">(${here})</span></span></span>`;
    return html`<span class="saving saving-good">${icon("saved")} <span class="words">${tell.onServer}</span></span>`;
  };
  const strip = () => {
    const { state } = outbox;
    const full = state.kind === "blocked" ? (state.problem.code === "device-full" ? tell.deviceFull : tell.deviceFault) : "";
    const held = syncer.held.get(id);
    const trouble = hindrance(person, addresses.signIn);
    return html`<div class="hold-up ${full ? "hold-up-blocked" : outbox.size === 0 && trouble === nothing && !held && !ending.calls ? "is-calm" : ""}">
      ${full ? html`<span role="alert">${icon("alert")} ${full}</span>` : nothing}
      ${held ? html`<span>${icon("alert")} ${tell.held(held.title || held.code)}</span>` : nothing}
      ${ending.strip()}
      <span class="where-line">${where(person)}</span> ${trouble}
      ${toComplete()}
    </div>`;
  };
  const keepDrafts = async (): Promise<void> => {
    saving = null;
    const found = store.drafts();
    const text = JSON.stringify(found);
    if (text === keptDrafts) return; // most taps are operations at once
    keptDrafts = text;
    await journal.note(`drafts/${id}`, found).catch(() => undefined);
  };

  store.restore(kept.map(({ row, operation }) => ({ operation, refused: row.state === "aside" ? (row.code ?? "") : null })));
  store.restoreDrafts(drafts);
  await photos.restore();
  const answered = [...Object.entries(taken.pack.answers).map(([code, { answered_at }]) => [code, answered_at]), ...kept.map(({ operation }) => [operation.criterion, operation.answered_at])];
  await ending.restore(Object.fromEntries(answered) as Record<string, string>);
  const every = setInterval(() => {
    if (document.visibilityState === "visible" && syncer.state.kind === "idle" && outbox.size === 0) void store.refresh();
  }, REFRESH_MS);
  const clock = setInterval(() => syncer.state.kind === "waiting" && ctx.changed(), 1_000);
  syncer.retry();
  mounted.draw();
  return {
    draw: mounted.draw,
    atRisk: () => {
      store.flush();
      return outbox.unwritten > 0 || photos.unwritten > 0 || ending.papers.unwritten > 0;
    },
    close: async () => {
      store.flush();
      if (saving) clearTimeout(saving);
      await keepDrafts();
      clearInterval(every);
      clearInterval(clock);
      await ending.close();
      outbox.close();
      photos.close();
      mounted.close();
      release();
    },
  };
}
