// @vitest-environment node
import { beforeEach, expect, test } from "vitest";

import { NoLine, Problem } from "../../../inspect_app/frontend/tablet/api";
import type { Journal } from "../../../inspect_app/frontend/tablet/device/journal";
import { Syncer } from "../../../inspect_app/frontend/tablet/device/sync";
import { makeDevice, operation, Pauses, PlainServer, until } from "./room";

let journal: Journal;
let server: PlainServer;
let pauses: Pauses;
let syncer: Syncer;
const idle = (): Promise<void> => until(() => syncer.state.kind !== "sending");

beforeEach(async () => {
  const device = await makeDevice();
  journal = device.journal;
  server = new PlainServer(device.account);
  pauses = new Pauses();
  syncer = new Syncer(journal, server.asServer, device.account, pauses);
});

test("what waits is sent in the order of the taps, visit by visit, and confirmed by name", async () => {
  const taps = [operation("A-1"), operation("A-2"), operation("A-1", 3)];
  await journal.add(1, taps[0]!);
  await journal.add(2, operation("B-1"));
  await journal.add(1, taps[1]!);
  await journal.add(1, taps[2]!);
  syncer.retry();
  await idle();
  expect(server.requests[0]).toEqual(taps.map((one) => one.op_id));
  expect(server.has.size).toBe(4);
  expect((await journal.counts()).operations).toEqual({ waiting: 0, confirmed: 4, aside: 0 });
});

test("no more than twenty in one request", async () => {
  for (let n = 0; n < 45; n += 1) await journal.add(1, operation(`A-${n}`));
  syncer.retry();
  await idle();
  expect(server.requests.map((ids) => ids.length)).toEqual([20, 20, 5]);
});

test("an answer that got lost on the way: the same bytes again, nothing is doubled", async () => {
  const tap = operation("A-1");
  await journal.add(1, tap);
  let lost = true;
  server.afterAnswer = () => {
    if (lost) throw new NoLine();
  };
  syncer.retry();
  await idle();
  expect(syncer.state.kind).toBe("waiting");
  expect((await journal.counts()).operations.waiting).toBe(1);
  lost = false;
  pauses.end();
  await until(() => syncer.state.kind === "idle");
  expect(server.requests).toEqual([[tap.op_id], [tap.op_id]]);
  expect([...server.has.values()]).toEqual([tap]);
});

test("pauses grow to a minute and no further; a tap does not cut one short; «try now» does", async () => {
  await journal.add(1, operation("A-1"));
  server.beforeAnswer = () => {
    throw new Problem(503, "", "");
  };
  syncer.retry();
  for (let n = 0; n < 8; n += 1) {
    await until(() => pauses.waits.length === n + 1);
    pauses.end();
  }
  await until(() => pauses.waits.length === 9);
  expect(pauses.waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  const asked = server.requests.length;
  syncer.kick();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.requests.length).toBe(asked);
  syncer.retry();
  await until(() => server.requests.length === asked + 1);
});

test("one broken record is set aside, the others go on", async () => {
  const broken = operation("A-2");
  for (const one of [operation("A-1"), broken, operation("A-3")]) await journal.add(1, one);
  server.beforeAnswer = (operations) => {
    if (operations.some((one) => one.op_id === broken.op_id)) throw new Problem(422, "invalid", "");
  };
  syncer.retry();
  await idle();
  expect([...server.has.values()].map((one) => one.criterion)).toEqual(["A-1", "A-3"]);
  const { operations } = await journal.unsent();
  expect(operations.map(({ row }) => [row.op_id, row.state, row.code])).toEqual([[broken.op_id, "aside", "invalid"]]);
});

test("an operation that the server refuses by name is set aside with its reason, and may be brought back", async () => {
  const refused = operation("A-1");
  await journal.add(1, refused);
  server.refuses = () => "na-not-allowed";
  syncer.retry();
  await idle();
  expect((await journal.counts()).operations).toEqual({ waiting: 0, confirmed: 0, aside: 1 });
  server.refuses = () => null;
  await journal.bringBack(refused.op_id);
  syncer.retry();
  await until(() => server.has.size === 1);
});

test("a visit that takes nothing any more holds up no other visit, and loses nothing", async () => {
  await journal.add(1, operation("A-1"));
  await journal.add(2, operation("B-1"));
  const send = server.send.bind(server);
  server.send = async (visit, operations) => {
    if (visit === 1) throw new Problem(409, "not-editable", "closed");
    return send(visit, operations);
  };
  syncer.retry();
  await idle();
  expect([...server.has.values()].map((one) => one.criterion)).toEqual(["B-1"]);
  expect(syncer.held.get(1)?.code).toBe("not-editable");
  expect((await journal.counts(1)).operations.waiting).toBe(1);
});

test("the session ended: everything stays queued, and goes after signing in", async () => {
  await journal.add(1, operation("A-1"));
  let out = true;
  server.beforeAnswer = () => {
    if (out) throw new Problem(401, "sign-in-required", "");
  };
  syncer.retry();
  await idle();
  expect(syncer.state.kind).toBe("signed-out");
  expect((await journal.counts()).operations.waiting).toBe(1);
  out = false;
  syncer.retry();
  await until(() => server.has.size === 1);
});

test("what Amina wrote is never sent while Driss is signed in", async () => {
  await journal.add(1, operation("A-1"));
  server.signedIn = 999;
  syncer.retry();
  await idle();
  expect(syncer.state.kind).toBe("other-account");
  expect(server.requests).toEqual([]);
});

test("an answer that is not our server's (a hotel's sign-in page) confirms nothing", async () => {
  await journal.add(1, operation("A-1"));
  server.send = async () => ({ results: [], score: null as never });
  syncer.retry();
  await idle();
  expect(syncer.state.kind).toBe("waiting");
  expect((await journal.counts()).operations.waiting).toBe(1);
});

test("photographs follow all answers, and their picture leaves the device only when the server has it", async () => {
  const meta = { criterion: "A-1", caption: "", taken_at: "2026-11-24T09:00:00Z", type: "image/jpeg" };
  await journal.addPhoto(1, crypto.randomUUID(), meta, new Uint8Array([1, 2, 3]).buffer);
  await journal.add(2, operation("B-1"));
  let fails = 1;
  server.onPhoto = () => {
    expect(server.has.size).toBe(1);
    if (fails-- > 0) throw new NoLine();
  };
  syncer.retry();
  await idle();
  const waiting = await journal.nextPhoto(new Set());
  expect(new Uint8Array((await journal.picture(waiting!.row))!)).toEqual(new Uint8Array([1, 2, 3]));
  pauses.end();
  await until(() => server.photos.size === 1);
  await until(async () => (await journal.counts()).photos.confirmed === 1);
});

test("a photograph that the server cannot read is set aside, the next one goes", async () => {
  const meta = { criterion: "A-1", caption: "", taken_at: "2026-11-24T09:00:00Z", type: "image/jpeg" };
  for (const n of [1, 2]) await journal.addPhoto(1, crypto.randomUUID(), meta, new Uint8Array([n]).buffer);
  let first = true;
  server.onPhoto = () => {
    if (first) {
      first = false;
      throw new Problem(422, "photo-not-an-image", "");
    }
  };
  syncer.retry();
  await idle();
  expect((await journal.counts()).photos).toEqual({ waiting: 0, confirmed: 1, aside: 1 });
});
