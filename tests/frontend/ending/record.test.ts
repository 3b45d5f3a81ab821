import { beforeEach, expect, test, vi } from "vitest";

import type { KeptPhoto } from "../../../inspect_app/frontend/tablet/device/journal";
import type { GivenReceipt } from "../../../inspect_app/frontend/tablet/device/server";
import { compare } from "../../../inspect_app/frontend/tablet/ending/receipt-dialog";
import { differing, receiptOfRecord, recordOf } from "../../../inspect_app/frontend/tablet/ending/record";
import { linesOf } from "../../../inspect_app/frontend/tablet/receipt";
import type { Store } from "../../../inspect_app/frontend/tablet/store";
import { FakeServer, makeStore, settle } from "../fixture";

let store: Store;
let server: FakeServer;
const taken = (op_id: string, state: "waiting" | "confirmed" | "aside", criterion = "A-1"): KeptPhoto =>
  ({ row: { op_id, state, sha256: `mine-${op_id}` }, meta: { criterion } }) as unknown as KeptPhoto;
const given = (lines: unknown[][] | undefined, more: Partial<GivenReceipt> = {}): GivenReceipt =>
  ({ counts: { answers: 0, photographs: 0 }, digest: "", code: "", lines, ...more }) as unknown as GivenReceipt;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  store = makeStore(server);
});

test("the record holds what became an operation, a cleared answer too, and nothing that is only typed", async () => {
  const before = recordOf(store, {}, []).answers.length;
  const [first, second, third] = store.order.filter((code) => !store.entries[code]) as [string, string, string];
  store.setLevel(first, 2);
  store.setLevel(second, 1);
  store.setLevel(second, null);
  const free = store.order.find((code) => store.criteria.get(code)?.na_allowed && !store.entries[code] && code !== third) as string;
  store.chooseNotApplicable(free); // its reason is missing
  const held = recordOf(store, {}, []);
  expect(held.answers.length).toBe(before + 2);
  expect(held.answers.find(({ criterion }) => criterion === second)?.level).toBeNull();
  expect(held.open).toEqual([free]);
  const { answers } = await receiptOfRecord(store.pack, held);
  expect(answers).toBe(held.answers.filter(({ level, not_applicable }) => level !== null || not_applicable).length);
});

test("what the server refused is no part of the record", async () => {
  const code = store.order.find((one) => !store.entries[one]) as string;
  store.setLevel(code, 2);
  await server.last.accept("refused", "criterion-not-asked");
  await settle();
  expect(recordOf(store, {}, []).open).toEqual([code]);
});

test("photographs are those of the server and those that wait here, each by the bytes of whoever took it", () => {
  const kept = { "A-1": [{ id: 1, op_id: "p1", criterion: "A-1", url: "", thumb_url: "", caption: "", sha256: "theirs" }] };
  const rows = [taken("p1", "confirmed"), taken("p2", "waiting", "A-2"), taken("p3", "aside"), taken("p4", "confirmed")];
  const { photographs } = recordOf(store, kept, rows);
  // p3 was refused, p4 was withdrawn after it had arrived
  expect(photographs).toEqual([
    { criterion: "A-1", op_id: "p1", sha256: "mine-p1" },
    { criterion: "A-2", op_id: "p2", sha256: "mine-p2" },
  ]);
});

test("the tablet says on which criteria the server holds something else", async () => {
  const code = store.order.find((one) => !store.entries[one]) as string;
  store.setLevel(code, 2);
  const held = recordOf(store, {}, []);
  const lines = linesOf(held.answers, held.photographs);
  const own = await receiptOfRecord(store.pack, held);
  const { answers, photographs, digest } = own;
  expect(compare(given(lines, { counts: { answers, photographs }, digest, code: own.code }), own, held)).toEqual({ kind: "same" });

  const changed = lines.map((line) => (line[1] === code ? [...line.slice(0, 3), 0, ...line.slice(4)] : line));
  expect(compare(given([...changed, ["photo", "Z-9", "p9", "x"]]), own, held)).toEqual({ kind: "differs", criteria: [code, "Z-9"].sort() });
  expect(differing(held, lines.slice(1))).toEqual([held.answers.map(({ criterion }) => criterion).sort()[0]]);
  expect(compare(given(undefined), own, held)).toEqual({ kind: "blind" });
});
