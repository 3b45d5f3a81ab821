import { beforeEach, expect, test, vi } from "vitest";

import { NoLine } from "../../inspect_app/frontend/tablet/api";
import type { Store } from "../../inspect_app/frontend/tablet/store";
import type { Answer, Operation } from "../../inspect_app/frontend/tablet/types";
import { FakeServer, makeStore, settle } from "./fixture";

let server: FakeServer;
let store: Store;
const sent = (): Operation[] => server.calls.flatMap((call) => [...call.operations]);

function answer(level: 0 | 1 | 2 | 3, author: string, op_id: string): Answer {
  return { op_id, level, not_applicable: false, na_reason: "", note: "", measurements: {}, author, answered_at: "2026-11-23T10:00:00Z" };
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  store = makeStore(server);
});

test("Amina taps a level: it shows at once, is sent at once, and is saved when the server says so", async () => {
  store.setLevel("GOV-01", 2);
  expect(store.entry("GOV-01").level).toBe(2);
  expect(store.statusOf("GOV-01")).toBe("sending");
  expect(store.unsaved()).toEqual(["GOV-01"]);
  await server.last.accept();
  expect(store.statusOf("GOV-01")).toBe("saved");
  expect(store.unsaved()).toEqual([]);
});

test("each tap stands on the one before it, also when that one has not arrived yet", async () => {
  store.setLevel("GOV-01", 2);
  store.setLevel("GOV-01", 3);
  await server.last.accept();
  await server.last.accept();
  const [first, second] = sent();
  expect(first?.base_op_id).toBeNull();
  expect(second?.base_op_id).toBe(first?.op_id);
  expect(second?.op_id).not.toBe(first?.op_id);
});

test("not applicable is sent only with its reason", async () => {
  store.chooseNotApplicable("GOV-02");
  expect(store.statusOf("GOV-02")).toBe("incomplete");
  expect(sent()).toHaveLength(0);
  store.setReason("GOV-02", "  لا مطبخ ");
  store.flush("GOV-02");
  expect(sent()[0]).toMatchObject({ level: null, not_applicable: true, na_reason: "لا مطبخ" });
});

test("a level after «not applicable» takes the reason away", () => {
  store.chooseNotApplicable("GOV-02");
  store.setReason("GOV-02", "x");
  store.setLevel("GOV-02", 1);
  expect(sent().at(-1)).toMatchObject({ level: 1, not_applicable: false, na_reason: "" });
});

test("typing becomes one operation when it pauses, not one per letter", async () => {
  for (const note of ["ب", "با", "باب"]) {
    store.setNote("GOV-01", note);
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(sent()).toHaveLength(0);
  expect(store.statusOf("GOV-01")).toBe("waiting");
  await vi.advanceTimersByTimeAsync(900);
  expect(sent().map((o) => o.note)).toEqual(["باب"]);
});

test("a level tapped while a note is being typed carries the note with it, once", async () => {
  store.setNote("GOV-01", "باب");
  store.setLevel("GOV-01", 0);
  await server.last.accept();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent()).toHaveLength(1);
  expect(sent()[0]).toMatchObject({ level: 0, note: "باب" });
});

test("a measurement in Arabic digits is kept as a number; one that is none is not sent and stays on the screen", () => {
  const measured = [...store.criteria.values()].find((c) => c.measurements.length > 0);
  if (!measured) throw new Error("the fixture has no measurement");
  const name = measured.measurements[0]!.code;
  store.setMeasurement(measured.code, name, "١٢");
  store.flush();
  expect(sent()[0]?.measurements).toEqual({ [name]: "12" });
  store.setMeasurement(measured.code, name, "many");
  store.flush();
  expect(store.entry(measured.code).faulty).toEqual({ [name]: "many" });
  expect(store.statusOf(measured.code)).toBe("incomplete");
  expect(sent()).toHaveLength(1);
});

test("a refused answer is shown as not saved, and the next tap stands on the last saved one", async () => {
  store.setLevel("GOV-01", 2);
  await server.last.accept();
  const saved = sent()[0]?.op_id;
  store.setLevel("GOV-01", 3);
  await server.last.accept("refused", "op-id-reused");
  expect(store.statusOf("GOV-01")).toBe("refused");
  expect(store.refusals["GOV-01"]?.code).toBe("op-id-reused");
  store.setLevel("GOV-01", 1);
  expect(sent().at(-1)?.base_op_id).toBe(saved);
  await server.last.accept();
  expect(store.statusOf("GOV-01")).toBe("saved");
});

test("Younes answered otherwise on another tablet: both are shown after the server said so, and Amina chooses", async () => {
  store.setLevel("GOV-01", 3);
  const mine = sent()[0]!;
  server.pack.answers = { "GOV-01": answer(1, "Younes", "op-younes") };
  server.pack.conflicts = { "GOV-01": [answer(3, "Amina", mine.op_id)] };
  await server.last.accept("conflict");
  await settle();
  expect(store.entry("GOV-01").level).toBe(1);
  expect(store.conflicts["GOV-01"]?.map((a) => a.level)).toEqual([3]);
  store.choose("GOV-01", store.conflicts["GOV-01"]![0]!);
  expect(sent().at(-1)).toMatchObject({ level: 3, base_op_id: "op-younes" });
  await server.last.accept();
  expect(store.conflicts["GOV-01"]).toBeUndefined();
});

test("news from the server never overwrite what has not been sent", async () => {
  store.setLevel("GOV-01", 3);
  store.setNote("GOV-02", "half a sen");
  server.pack.answers = { "GOV-01": answer(0, "Younes", "a"), "GOV-02": answer(0, "Younes", "b"), "GOV-03": answer(2, "Younes", "c") };
  await store.refresh();
  expect(store.entry("GOV-01").level).toBe(3);
  expect(store.entry("GOV-02").note).toBe("half a sen");
  expect(store.entry("GOV-03").level).toBe(2);
});

test("without a line a refresh changes nothing and throws nothing", async () => {
  server.reload = () => Promise.reject(new NoLine());
  store = makeStore(server);
  await store.refresh();
  expect(store.order.length).toBeGreaterThan(10);
});

test("who only reads changes nothing", () => {
  store.editable = false;
  store.setLevel("GOV-01", 3);
  expect(store.entry("GOV-01").level).toBeNull();
  expect(sent()).toHaveLength(0);
});

test("what was typed when the page went away comes back once; where it became an answer meanwhile nothing calls it unsaved", async () => {
  store.setNote("GOV-01", "مخرج مقفل");
  const drafts = structuredClone(store.drafts());
  expect(Object.keys(drafts)).toEqual(["GOV-01"]);
  store.flush();
  await server.last.accept();
  const calls = server.calls.length;
  store.restoreDrafts(drafts);
  expect([store.unsaved(), store.drafts(), server.calls.length]).toEqual([[], {}, calls]);

  const later = makeStore((server = new FakeServer()));
  later.restoreDrafts(drafts); // it had not become one: it does now
  expect(sent().map((operation) => operation.note)).toEqual(["مخرج مقفل"]);
});
