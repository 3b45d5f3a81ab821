// @vitest-environment node
import "fake-indexeddb/auto";

import Dexie from "dexie";
import { afterEach, expect, test, vi } from "vitest";

import { readIn, written } from "../../../inspect_app/frontend/tablet/device/carry";
import { AccountDatabase, isFull, nameOf, VERSIONS } from "../../../inspect_app/frontend/tablet/device/database";
import { Holders } from "../../../inspect_app/frontend/tablet/device/holders";
import { Journal } from "../../../inspect_app/frontend/tablet/device/journal";
import { changePin, makeLock, openLock } from "../../../inspect_app/frontend/tablet/device/seal";
import { makeDevice, operation, ROUNDS } from "./room";

const DAY = 86_400_000;
const META = { criterion: "A-1", caption: "باب", taken_at: "2026-11-24T09:00:00Z", type: "image/jpeg" };
afterEach(() => void vi.useRealTimers());

test("an upgrade from any version there ever was keeps every record of the outbox", async () => {
  for (let version = 1; version <= VERSIONS.length; version += 1) {
    const account = 9000 + version;
    const { key } = await makeLock("246813", ROUNDS);
    const old = new AccountDatabase(account, VERSIONS.slice(0, version));
    const before = new Journal(old, key);
    const taps = [operation("A-1"), operation("A-2", 0)];
    for (const tap of taps) await before.add(1, tap);
    await before.addPhoto(1, "p-1", META, new Uint8Array([7]).buffer);
    old.close();

    const later = new AccountDatabase(account, [...VERSIONS, { something_new: "id" }]);
    const after = new Journal(later, key);
    expect((await after.operations(1)).map((kept) => kept.operation)).toEqual(taps);
    expect(new Uint8Array((await after.picture((await after.photos(1))[0]!.row))!)).toEqual(new Uint8Array([7]));
    later.close();

    const back = new AccountDatabase(account); // an older program meets the newer database: it reads what it knows
    expect(await back.operations.count()).toBe(2);
    back.close();
  }
});

test("an upgrade only ever adds: no table and no index of an earlier version disappears", () => {
  const known: Record<string, string[]> = {};
  for (const stores of VERSIONS) {
    for (const [table, indexes] of Object.entries(stores)) {
      expect(indexes, `${table} is removed`).not.toBeNull();
      const now = indexes.split(/,\s*(?![^[]*\])/);
      for (const index of known[table] ?? []) expect(now, `${table}: ${index} disappears`).toContain(index);
      known[table] = now;
    }
  }
});

test("nothing of an answer, a note or a picture can be read from the disk", async () => {
  const { db, journal } = await makeDevice();
  await journal.add(1, operation("GOV-01", 1, { note: "a word that must not stand there" }));
  await journal.addPhoto(1, "p-1", META, new TextEncoder().encode("picture bytes").buffer as ArrayBuffer);
  await journal.note("drafts/1", { "GOV-01": "half a sentence" });
  const words = new TextDecoder("utf-8", { fatal: false });
  const onDisk = (value: unknown): string => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return words.decode(value as ArrayBuffer);
    if (value && typeof value === "object") return Object.entries(value).map(([name, one]) => name + onDisk(one)).join(" ");
    return String(value);
  };
  for (const table of db.tables) {
    const text = onDisk(await table.toArray());
    for (const secret of ["GOV-01", "must not", "picture bytes", "باب", "half a"]) expect(text, table.name).not.toContain(secret);
  }
});

test("a sealed record opens nowhere else: moved to another visit it is not read as one of it", async () => {
  const { db, journal } = await makeDevice();
  await journal.add(1, operation("A-1"));
  await db.operations.toCollection().modify({ visit: 2 });
  await expect(journal.operations(2)).rejects.toThrow();
});

test("the PIN opens, another does not; a changed PIN opens the same records", async () => {
  const { lock, key } = await makeLock("246813", ROUNDS);
  const sealed = await key.seal("x", "there");
  expect(await openLock(lock, "246814")).toBeNull();
  expect(await (await openLock(lock, "246813"))!.open(sealed, "there")).toBe("x");
  expect(await changePin(lock, "000000", "135790", ROUNDS)).toBeNull();
  const next = (await changePin(lock, "246813", "135790", ROUNDS))!;
  expect(await (await openLock(next, "135790"))!.open(sealed, "there")).toBe("x");
});

test("a shared device: Amina's and Younes's records lie apart, each behind their own PIN; wiping one leaves the other", async () => {
  const holders = new Holders();
  const amina = await holders.add({ id: 501, name: "Amina" }, "246813", 14, ROUNDS);
  const younes = await holders.add({ id: 502, name: "Younes" }, "135790", 14, ROUNDS);
  const hers = new Journal(new AccountDatabase(501), amina.key);
  const his = new Journal(new AccountDatabase(502), younes.key);
  await hers.add(1, operation("A-1"));
  await his.add(1, operation("A-1", 0));
  expect((await his.operations(1)).map((kept) => kept.operation.level)).toEqual([0]);
  expect((await holders.unlock(amina.holder, "135790")).kind).toBe("wrong");
  hers.db.close();
  await holders.wipe(501);
  expect((await holders.all()).map((holder) => holder.name)).toEqual(["Younes"]);
  expect(await Dexie.exists(nameOf(501))).toBe(false);
  expect(await his.operations(1)).toHaveLength(1);
});

test("after five wrong PINs each further one waits longer", async () => {
  const holders = new Holders();
  const { holder } = await holders.add({ id: 503, name: "Amina" }, "246813", 14, ROUNDS);
  const now = Date.now() + 1_000;
  for (let n = 0; n < 5; n += 1) expect((await holders.unlock(holder, "000000", now)).kind).toBe("wrong");
  expect((await holders.unlock(holder, "246813", now + 1_000)).kind).toBe("pause");
  expect((await holders.unlock(holder, "246813", now + 31_000)).kind).toBe("open");
});

test("days offline: open for as long as configured, then only after a contact; turning the clock back gives no more", async () => {
  const holders = new Holders();
  const { holder } = await holders.add({ id: 504, name: "Amina" }, "246813", 14, ROUNDS);
  const now = Date.now();
  expect((await holders.unlock(holder, "246813", now + 13 * DAY)).kind).toBe("open");
  expect((await holders.unlock(holder, "246813", now + 15 * DAY)).kind).toBe("expired");
  await holders.met(504, "Amina", 14, now + 15 * DAY);
  expect((await holders.unlock(holder, "246813", now + 16 * DAY)).kind).toBe("open");
  const [later] = (await holders.all()).filter((one) => one.account === 504);
  expect(holders.isExpired({ ...later!, seen: now + 40 * DAY }, now + 16 * DAY)).toBe(true);
});

test("a PIN is changed on the device by whoever knows the old one; wrong ones count as at the door", async () => {
  const holders = new Holders();
  const { holder, key } = await holders.add({ id: 505, name: "Amina" }, "246813", 14, ROUNDS);
  const db = new AccountDatabase(505);
  await new Journal(db, key).add(1, operation("A-1"));
  expect((await holders.changePin(holder, "000000", "975310", ROUNDS)).kind).toBe("wrong");
  expect((await holders.changePin(holder, "246813", "975310", ROUNDS)).kind).toBe("open");
  expect((await holders.unlock(holder, "246813")).kind).toBe("wrong");
  const found = await holders.unlock(holder, "975310");
  expect(found.kind === "open" && (await new Journal(db, found.key).operations(1))).toHaveLength(1);
  for (let n = 0; n < 5; n += 1) await holders.changePin(holder, "000000", "111111", ROUNDS);
  expect((await holders.changePin(holder, "975310", "111111", ROUNDS)).kind).toBe("pause");
  db.close();
});

test("what would be lost with a forgotten PIN is counted without it: what waits and what was set aside", async () => {
  const { account, db, journal } = await makeDevice();
  const taps = [operation("A-1"), operation("A-2"), operation("A-3")];
  for (const tap of taps) await journal.add(1, tap);
  await journal.settle({ op_id: taps[0]!.op_id, status: "accepted" });
  await journal.settle({ op_id: taps[1]!.op_id, status: "refused", code: "invalid" });
  await journal.addPhoto(1, "p-1", META, new Uint8Array([1]).buffer);
  const signed = { visit: 1, state: "waiting" as const, kind: "signature" as const, made: 1 };
  await db.papers.add({ ...signed, op_id: "s-1", sealed: { iv: new Uint8Array(12), data: new ArrayBuffer(1) } });
  db.close();
  expect(await new Holders().unsent(account)).toBe(4);
  expect(await new Holders().unsent(987_654)).toBe(0);
});

test("who shares a tablet shares its name; after a revocation it begins with a new one and never uses the old again", async () => {
  const holders = new Holders();
  for (const { account } of await holders.all()) await holders.wipe(account);
  const amina = await holders.add({ id: 506, name: "Amina" }, "246813", 14, ROUNDS);
  const younes = await holders.add({ id: 507, name: "Younes" }, "135790", 14, ROUNDS);
  expect(younes.holder.device).toBe(amina.holder.device);
  await holders.wipe(506, amina.holder.device);
  const again = await holders.add({ id: 506, name: "Amina" }, "246813", 14, ROUNDS);
  expect(again.holder.device).not.toBe(amina.holder.device);
  const salma = await holders.add({ id: 508, name: "Salma" }, "864200", 14, ROUNDS);
  expect(salma.holder.device).toBe(again.holder.device);
});

test("everything unsent goes into a file, and another device of the same person reads it in, once", async () => {
  const one = await makeDevice();
  const taps = [operation("A-1"), operation("A-2")];
  for (const tap of taps) await one.journal.add(1, tap);
  await one.journal.settle({ op_id: taps[1]!.op_id, status: "refused", code: "na-not-allowed" });
  await one.journal.addPhoto(1, "p-1", META, new Uint8Array([1, 2, 255]).buffer);
  const file = JSON.stringify(await written(one.journal, { account: 77, name: "Amina", device: "d" }));

  const other = await makeDevice();
  expect(await readIn(other.journal, 78, file)).toBe("import-other");
  expect(await readIn(other.journal, 77, file.replace("A-1", "A-9"))).toBe("import-fault");
  expect(await readIn(other.journal, 77, "no file of ours")).toBe("import-fault");
  expect(await readIn(other.journal, 77, file)).toBe(3);
  expect(await readIn(other.journal, 77, file)).toBe(0);
  expect((await other.journal.operations(1)).map((kept) => kept.operation)).toEqual(taps);
  expect(new Uint8Array((await other.journal.picture((await other.journal.photos(1))[0]!.row))!)).toEqual(new Uint8Array([1, 2, 255]));
});

test("a full device is known by its name, also where the library wraps it", () => {
  const full = new DOMException("", "QuotaExceededError");
  expect(isFull(full)).toBe(true);
  expect(isFull({ name: "AbortError", inner: full })).toBe(true);
  expect(isFull(new Error("other"))).toBe(false);
});
