// @vitest-environment node
import { beforeEach, expect, test } from "vitest";

import { NoLine, Problem } from "../../../inspect_app/frontend/tablet/api";
import { readIn, written } from "../../../inspect_app/frontend/tablet/device/carry";
import type { Journal } from "../../../inspect_app/frontend/tablet/device/journal";
import { Syncer } from "../../../inspect_app/frontend/tablet/device/sync";
import { Visits } from "../../../inspect_app/frontend/tablet/device/visits";
import { makeDevice, operation, Pauses, PlainServer, sheet, signature, until } from "./room";

let device: Awaited<ReturnType<typeof makeDevice>>;
let journal: Journal;
let server: PlainServer;
let pauses: Pauses;
let syncer: Syncer;
const idle = (): Promise<void> => until(() => syncer.state.kind !== "sending");

beforeEach(async () => {
  device = await makeDevice();
  journal = device.journal;
  server = new PlainServer(device.account);
  pauses = new Pauses();
  syncer = new Syncer(journal, server.asServer, device.account, pauses);
});

test("a critical finding goes before everything else, signatures after the answers that were signed", async () => {
  const [signed, tap, found] = [signature(), operation("A-1", 0), sheet("A-1")];
  await journal.papers.add(1, "signature", signed);
  await journal.add(1, tap);
  await journal.papers.add(1, "sheet", found);
  syncer.retry();
  await idle();
  expect(server.requests).toEqual([[found.op_id], [tap.op_id], [signed.op_id]]);
  expect([...server.papers.values()]).toEqual([found, signed]);
  const counts = await journal.counts();
  expect(counts.signatures).toEqual({ waiting: 0, confirmed: 1, aside: 0 });
  expect(counts.sheets).toEqual({ waiting: 0, confirmed: 1, aside: 0 });
  expect((await journal.papers.of(1)).find(({ row }) => row.kind === "sheet")?.row.told).toEqual(["coordinator"]);
});

test("an answer that got lost: the same bytes again, nothing is doubled", async () => {
  const signed = signature();
  await journal.papers.add(1, "signature", signed);
  let lost = true;
  server.afterAnswer = () => {
    if (lost) throw new NoLine();
  };
  syncer.retry();
  await idle();
  expect(syncer.state.kind).toBe("waiting");
  expect((await journal.counts()).signatures.waiting).toBe(1);
  lost = false;
  pauses.end();
  await until(() => syncer.state.kind === "idle");
  expect(server.paperRequests).toEqual(["signature 1 1", "signature 1 1"]);
  expect([...server.papers.values()]).toEqual([signed]);
});

test("one that is refused is set aside, the others go on, and a person can try it again", async () => {
  const [broken, good] = [sheet("A-1"), sheet("A-2")];
  await journal.papers.add(1, "sheet", broken);
  await journal.papers.add(1, "sheet", good);
  server.refusesPaper = (one) => (one.op_id === broken.op_id ? "criterion-not-critical" : null);
  syncer.retry();
  await idle();
  expect((await journal.counts()).sheets).toEqual({ waiting: 0, confirmed: 1, aside: 1 });
  expect((await journal.unsent()).papers[0]?.row.code).toBe("criterion-not-critical");
  server.refusesPaper = () => null;
  await journal.bringBack(broken.op_id);
  syncer.retry();
  await idle();
  expect(server.papers.has(broken.op_id)).toBe(true);
});

test("where a whole request is refused, each is sent alone", async () => {
  const bad = sheet("A-1");
  await journal.papers.add(1, "sheet", bad);
  await journal.papers.add(1, "sheet", sheet("A-2"));
  const send = server.sendPapers.bind(server);
  server.sendPapers = async (visit, kind, records) => {
    if (records.some((one) => one.op_id === bad.op_id)) throw new Problem(422, "invalid", "");
    return send(visit, kind, records);
  };
  syncer.retry();
  await idle();
  expect((await journal.counts()).sheets).toEqual({ waiting: 0, confirmed: 1, aside: 1 });
});

test("answers that are closed for writing hold back no signature", async () => {
  await journal.add(1, operation("A-1"));
  await journal.papers.add(1, "signature", signature());
  server.beforeAnswer = () => {
    throw new Problem(409, "not-editable", "");
  };
  syncer.retry();
  await idle();
  expect((await journal.counts()).operations.waiting).toBe(1);
  expect((await journal.counts()).signatures.confirmed).toBe(1);
});

test("a visit that takes no signature keeps it here, and the other visits go on", async () => {
  await journal.papers.add(1, "signature", signature());
  await journal.papers.add(2, "signature", signature());
  const send = server.sendPapers.bind(server);
  server.sendPapers = async (visit, kind, records) => {
    if (visit === 1) throw new Problem(409, "visit-ended", "");
    return send(visit, kind, records);
  };
  syncer.retry();
  await idle();
  expect(syncer.held.has(1)).toBe(true);
  expect((await journal.counts(1)).signatures.waiting).toBe(1);
  expect((await journal.counts(2)).signatures.confirmed).toBe(1);
});

test("nothing of them can be read from the disk", async () => {
  await journal.papers.add(1, "sheet", sheet("A-1", { seen: "a word that must not stand there" }));
  await journal.papers.add(1, "signature", signature({ name: "a name that must not stand there" }));
  const words = new TextDecoder("utf-8", { fatal: false });
  for (const row of await device.db.papers.toArray()) {
    expect(words.decode(row.sealed.data)).not.toContain("must not stand");
    expect(JSON.stringify({ ...row, sealed: null })).not.toContain("must not stand");
  }
});

test("a visit with a signature or sheet that the server does not have stays on the device", async () => {
  const visits = new Visits(device.db, device.key, server.asServer, journal);
  await journal.papers.add(1, "sheet", sheet("A-1"));
  expect(await visits.remove(1)).toBe(false);
  syncer.retry();
  await idle();
  expect(await visits.remove(1)).toBe(true);
  expect(await device.db.papers.count()).toBe(0);
});

test("they leave in the file of the unsent and another device reads them in, once", async () => {
  const [signed, found] = [signature(), sheet("A-1")];
  await journal.papers.add(1, "signature", signed);
  await journal.papers.add(1, "sheet", found);
  const file = await written(journal, { account: 7, name: "Amina", device: "d" });
  expect(file.version).toBe(2);
  expect(file.papers?.map(({ kind }) => kind)).toEqual(["signature", "sheet"]);
  const other = await makeDevice();
  expect(await readIn(other.journal, 7, JSON.stringify(file))).toBe(2);
  expect(await readIn(other.journal, 7, JSON.stringify(file))).toBe(0);
  expect((await other.journal.papers.of(1)).map(({ record }) => record)).toEqual([signed, found]);
  expect(await readIn(other.journal, 7, JSON.stringify({ ...file, papers: [] }))).toBe("import-fault");
});

test("a file without them is one that every tablet can read", async () => {
  await journal.add(1, operation("A-1"));
  const file = await written(journal, { account: 7, name: "Amina", device: "d" });
  expect(file.version).toBe(1);
  expect("papers" in file).toBe(false);
});
