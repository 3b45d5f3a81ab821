import { beforeEach, expect, test, vi } from "vitest";

import { NoLine, Problem } from "../../inspect_app/frontend/tablet/api";
import { Outbox } from "../../inspect_app/frontend/tablet/operations";
import type { Operation } from "../../inspect_app/frontend/tablet/types";
import { FakeServer, settle } from "./fixture";

let server: FakeServer;
let outbox: Outbox;
let confirmed: string[];
let number = 0;

function operation(criterion = "GOV-01"): Operation {
  number += 1;
  return {
    op_id: `op-${number}`,
    criterion,
    level: 2,
    not_applicable: false,
    na_reason: "",
    note: "",
    measurements: {},
    base_op_id: null,
    answered_at: "2026-11-23T10:00:00Z",
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  confirmed = [];
  outbox = new Outbox(server.send, {
    changed: () => undefined,
    answered: () => undefined,
    confirmed: (op) => confirmed.push(op.op_id),
  });
});

test("a tap leaves at once", () => {
  outbox.add(operation());
  expect(server.calls).toHaveLength(1);
  expect(outbox.state.kind).toBe("sending");
});

test("one request at a time; what was tapped meanwhile follows in order, together", async () => {
  const taps = [operation("A"), operation("B"), operation("C")];
  for (const tap of taps) outbox.add(tap);
  expect(server.calls).toHaveLength(1);
  await server.last.accept();
  expect(server.calls).toHaveLength(2);
  expect(server.last.operations.map((o) => o.criterion)).toEqual(["B", "C"]);
  await server.last.accept();
  expect(confirmed).toEqual(taps.map((tap) => tap.op_id));
  expect(outbox.state.kind).toBe("idle");
});

test("without a line nothing leaves the outbox, and the same ids are sent again, later and later", async () => {
  const tap = operation();
  outbox.add(tap);
  await server.last.fail(new NoLine());
  expect(outbox.size).toBe(1);
  expect(outbox.state.kind).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.calls).toHaveLength(2);
  expect(server.last.operations[0]?.op_id).toBe(tap.op_id);
  await server.last.fail(new NoLine());
  await vi.advanceTimersByTimeAsync(1_999);
  expect(server.calls).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(server.calls).toHaveLength(3);
  await server.last.accept("already-here");
  expect(confirmed).toEqual([tap.op_id]);
});

test("a server in trouble is asked again; one that refuses is not", async () => {
  outbox.add(operation());
  await server.last.fail(new Problem(503, "server-error", ""));
  expect(outbox.state.kind).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1_000);
  await server.last.fail(new Problem(401, "sign-in-required", ""));
  expect(outbox.state.kind).toBe("blocked");
  await vi.advanceTimersByTimeAsync(600_000);
  expect(server.calls).toHaveLength(2);
  outbox.retry();
  await server.last.accept();
  expect(outbox.size).toBe(0);
});

test("a tap while there is no line waits for its turn", async () => {
  outbox.add(operation("A"));
  await server.last.fail(new NoLine());
  outbox.add(operation("B"));
  await settle();
  expect(server.calls).toHaveLength(1);
  outbox.retry();
  expect(server.last.operations.map((o) => o.criterion)).toEqual(["A", "B"]);
});

test("the line comes back in the middle of a wait: the pending timer does not send twice", async () => {
  outbox.add(operation());
  await server.last.fail(new NoLine());
  outbox.retry();
  await server.last.accept();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.calls).toHaveLength(2);
});

test("an answer that does not speak of what was sent confirms nothing", async () => {
  const send = vi.fn(async () => ({ results: [], score: server.pack.score }));
  const other = new Outbox(send, { changed: () => undefined, answered: () => undefined, confirmed: () => undefined });
  other.add(operation());
  await settle();
  expect(other.size).toBe(1);
  expect(other.state.kind).toBe("waiting");
});

test("sixty taps in a minute on a line of two seconds are all there at the end, in order", async () => {
  const taps: Operation[] = [];
  for (let second = 0; second < 60; second += 1) {
    const tap = operation(`C-${second}`);
    taps.push(tap);
    outbox.add(tap);
    await vi.advanceTimersByTimeAsync(1_000);
    if (second % 2 === 1) await server.last.accept();
  }
  while (outbox.size > 0) await server.last.accept();
  expect(confirmed).toEqual(taps.map((tap) => tap.op_id));
});
