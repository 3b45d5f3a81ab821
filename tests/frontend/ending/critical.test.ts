// @vitest-environment node
import "fake-indexeddb/auto";

import { beforeEach, expect, test } from "vitest";

import type { Journal } from "../../../inspect_app/frontend/tablet/device/journal";
import type { Syncer } from "../../../inspect_app/frontend/tablet/device/sync";
import { Critical } from "../../../inspect_app/frontend/tablet/ending/critical";
import { DevicePapers } from "../../../inspect_app/frontend/tablet/ending/papers";
import type { Store } from "../../../inspect_app/frontend/tablet/store";
import type { Pack } from "../../../inspect_app/frontend/tablet/types";
import { makeDevice, sheet, signature } from "../device/room";

let journal: Journal;
let papers: DevicePapers;
let critical: Critical;
let kicks: number;
let now: Date;
const pack = { sheets: [], signatures: [] } as unknown as Pack;
const entries: Record<string, { level: number | null; wantsNa: boolean }> = {};
const store = {
  order: ["A-1", "A-2", "B-1"],
  criteria: new Map([
    ["A-1", { class: "critical" }],
    ["A-2", { class: "critical" }],
    ["B-1", { class: "standard" }],
  ]),
  entries,
  pack,
} as unknown as Store;

beforeEach(async () => {
  ({ journal } = await makeDevice());
  kicks = 0;
  now = new Date("2026-11-24T09:00:00Z");
  for (const code of Object.keys(entries)) delete entries[code];
  Object.assign(pack, { sheets: [], signatures: [] });
  const syncer = { listen: () => () => undefined, kick: () => (kicks += 1), current: new Set<string>() } as unknown as Syncer;
  papers = new DevicePapers(1, journal, syncer, () => pack, () => undefined);
  critical = new Critical(1, journal, () => store, papers, 2, () => now);
});

test("a critical criterion below its level asks for a sheet; another, or one that is met, does not", () => {
  Object.assign(entries, { "A-1": { level: 1, wantsNa: false }, "A-2": { level: 2, wantsNa: false }, "B-1": { level: 0, wantsNa: false } });
  expect(critical.needed()).toEqual(["A-1"]);
  entries["A-2"] = { level: 0, wantsNa: false };
  expect(critical.needed()).toEqual(["A-1", "A-2"]);
});

test("since when it is seen does not begin anew when the tablet is opened again", async () => {
  entries["A-1"] = { level: 0, wantsNa: false };
  expect(critical.seenAt("A-1")).toBe("2026-11-24T09:00:00.000Z");
  await critical.flush();
  now = new Date("2026-11-24T15:00:00Z");
  const again = new Critical(1, journal, () => store, papers, 2, () => now);
  await again.restore({});
  expect(again.seenAt("A-1")).toBe("2026-11-24T09:00:00.000Z");
});

test("a finding that was answered on another day is known since then", async () => {
  entries["A-1"] = { level: 0, wantsNa: false };
  await critical.restore({ "A-1": "2026-11-23T10:00:00.000Z" });
  expect(critical.seenAt("A-1")).toBe("2026-11-23T10:00:00.000Z");
});

test("what is typed on a sheet outlives the dialog and the browser, and goes when it became a sheet", async () => {
  critical.keep("A-1", { seen: "half a sent" });
  await critical.flush();
  const again = new Critical(1, journal, () => store, papers, 2);
  await again.restore({});
  expect(again.draft("A-1").seen).toBe("half a sent");
  again.keep("A-1", null);
  await again.flush();
  expect(again.draft("A-1")).toEqual({});
});

test("a sheet is written down, then sent; until the office knows it is untold, the oldest first", async () => {
  entries["A-1"] = entries["A-2"] = { level: 0, wantsNa: false };
  await papers.add("sheet", sheet("A-2", { seen_at: "2026-11-24T10:00:00.000Z" }));
  await papers.add("sheet", sheet("A-1", { seen_at: "2026-11-24T09:00:00.000Z" }));
  expect(kicks).toBe(2);
  expect(critical.needed()).toEqual([]);
  expect(critical.untold().map(({ record }) => record.criterion)).toEqual(["A-1", "A-2"]);
  expect(papers.sheetOf("A-1")?.place).toBe("here");
});

test("told by telephone is told, and stands on the sheet that completes the first", async () => {
  const first = sheet("A-1");
  await papers.add("sheet", first);
  await papers.add("sheet", { ...first, op_id: crypto.randomUUID(), base_op_id: first.op_id, phoned_at: "2026-11-24T11:00:00.000Z" });
  expect(critical.untold()).toEqual([]);
  expect(papers.sheets).toHaveLength(1);
  expect(papers.sheetOf("A-1")?.record.phoned_at).toBe("2026-11-24T11:00:00.000Z");
});

test("a sheet that the server knows says who was told; one that completes it keeps that", async () => {
  const known = sheet("A-1");
  Object.assign(pack, { sheets: [{ ...known, received_at: "", mailed: { coordinator: "2026-11-24T10:00:00Z" } }] });
  expect(papers.sheetOf("A-1")).toMatchObject({ place: "server", mailed: ["coordinator"] });
  await papers.add("sheet", sheet("A-1", { base_op_id: known.op_id }));
  expect(papers.sheetOf("A-1")).toMatchObject({ place: "here", mailed: ["coordinator"] });
  expect(critical.untold()).toEqual([]);
});

test("signatures of other tablets stand beside those of this one, in the order of their times", async () => {
  const [early, late] = [signature({ signed_at: "2026-11-24T15:00:00.000Z" }), signature({ signed_at: "2026-11-24T16:00:00.000Z" })];
  Object.assign(pack, { signatures: [late] });
  await papers.add("signature", early);
  expect(papers.signatures.map(({ record, place }) => [record.op_id, place])).toEqual([
    [early.op_id, "here"],
    [late.op_id, "server"],
  ]);
});
