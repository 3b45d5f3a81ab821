// @vitest-environment node
import { beforeEach, expect, test } from "vitest";

import { NoLine, Problem } from "../../../inspect_app/frontend/tablet/api";
import type { Journal, KeptPhoto } from "../../../inspect_app/frontend/tablet/device/journal";
import { sha256 } from "../../../inspect_app/frontend/tablet/device/seal";
import { Server } from "../../../inspect_app/frontend/tablet/device/server";
import { Syncer } from "../../../inspect_app/frontend/tablet/device/sync";
import type { Photo } from "../../../inspect_app/frontend/tablet/types";
import { makeDevice, Pauses, PlainServer, until } from "./room";

/** Keeps pieces as the real one does; `line` may cut a piece before or after it arrived. */
class PiecesServer extends PlainServer {
  bytes = new Uint8Array(0);
  whole = 0;
  pieces: number[] = [];
  asked = 0;
  line: { before?: () => void; after?: () => void; photo?: () => void } = {};

  async arrived({ row }: KeptPhoto) {
    this.asked += 1;
    return { offset: this.bytes.byteLength, photo: this.photos.get(row.op_id) ?? null };
  }
  async piece(_kept: KeptPhoto, offset: number, data: ArrayBuffer) {
    this.line.before?.();
    if (offset !== this.bytes.byteLength) throw new Problem(409, "piece-elsewhere", "");
    this.bytes = new Uint8Array([...this.bytes, ...new Uint8Array(data)]);
    this.pieces.push(data.byteLength);
    this.line.after?.();
    return this.bytes.byteLength;
  }
  async complete(kept: KeptPhoto): Promise<Photo> {
    if ((await sha256(this.bytes)) !== kept.row.sha256) {
      this.bytes = new Uint8Array(0);
      throw new Problem(422, "photo-damaged", "");
    }
    const photo = await super.upload(kept);
    this.bytes = new Uint8Array(0);
    this.line.photo?.();
    return photo;
  }
  override async upload(kept: KeptPhoto): Promise<Photo> {
    this.whole += 1;
    this.line.before?.();
    return super.upload(kept);
  }
}

const meta = { criterion: "A-1", caption: "", taken_at: "2026-11-24T09:00:00Z", type: "image/jpeg" };
const picture = (size: number): ArrayBuffer => Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) & 255).buffer;
let journal: Journal;
let server: PiecesServer;
let pauses: Pauses;
let syncer: Syncer;
const idle = (): Promise<void> => until(() => syncer.state.kind === "idle" || syncer.state.kind === "waiting");
const start = (account: number): Syncer => new Syncer(journal, server.asServer, account, pauses);

beforeEach(async () => {
  const device = await makeDevice();
  journal = device.journal;
  server = new PiecesServer(device.account);
  pauses = new Pauses();
  syncer = start(device.account);
});

async function sent(size: number): Promise<void> {
  await journal.addPhoto(1, crypto.randomUUID(), meta, picture(size));
  syncer.retry();
  await idle();
}
async function again(): Promise<void> {
  pauses.end();
  await until(() => syncer.state.kind === "sending").catch(() => undefined);
  await idle();
}

test("on a good line a photograph goes in one request, and nothing is asked before", async () => {
  await sent(300_000);
  expect([server.whole, server.asked, server.photos.size]).toEqual([1, 0, 1]);
});

test("a photograph that was cut off goes on in pieces from where it stopped, in smaller ones after each cut", async () => {
  let cuts = 3;
  server.line.before = () => {
    if (cuts-- > 0) throw new NoLine();
  };
  await sent(300_000);
  expect((await journal.nextPhoto(new Set()))?.row.cut).toBe(true);
  for (let turn = 0; turn < 5 && server.photos.size === 0; turn += 1) await again();
  expect(server.whole).toBe(1); // only the first time
  expect(server.pieces.slice(0, 3)).toEqual([32 * 1024, 64 * 1024, 128 * 1024]); // a line that became quick
  expect(server.pieces.reduce((sum, size) => sum + size, 0)).toBe(300_000); // nothing travelled twice
  expect((await journal.counts()).photos).toEqual({ waiting: 0, confirmed: 1, aside: 0 });
});

test("a new start of the tablet goes on where the last one stopped", async () => {
  server.line.before = () => {
    if (server.pieces.length === 1) throw new NoLine();
  };
  await sent(900_000);
  expect(server.bytes.byteLength).toBeGreaterThan(0);
  const before = server.bytes.byteLength;
  syncer.close();
  server.line = {};
  syncer = start(server.account);
  syncer.retry();
  await idle();
  expect(server.photos.size).toBe(1);
  expect(server.pieces[0]).toBe(before);
  expect(server.pieces.reduce((sum, size) => sum + size, 0)).toBe(900_000);
});

test("a piece whose answer got lost is not sent again; nor is a photograph whose last answer got lost", async () => {
  let lost = 2;
  server.line.after = () => {
    if (server.pieces.length === 1 && lost === 2) {
      lost -= 1;
      throw new NoLine();
    }
  };
  server.line.photo = () => {
    if (lost-- === 1) throw new NoLine();
  };
  await sent(700_000);
  await again();
  await again();
  expect(server.photos.size).toBe(1);
  expect(server.pieces.reduce((sum, size) => sum + size, 0)).toBe(700_000);
  expect((await journal.counts()).photos.confirmed).toBe(1);
});

test("a damaged piece is sent again at once, a line that damages everything waits, and nothing is set aside", async () => {
  let damaged = 1;
  server.line.before = () => {
    if (damaged-- > 0) throw new Problem(422, "piece-damaged", "");
  };
  await sent(700_000);
  expect([server.photos.size, pauses.waits.length]).toEqual([1, 0]);
  damaged = 100;
  server.line.before = () => {
    if (damaged-- > 0) throw new Problem(422, "piece-damaged", "");
  };
  await sent(700_000);
  expect(syncer.state.kind).toBe("waiting");
  expect((await journal.counts()).photos).toEqual({ waiting: 1, confirmed: 1, aside: 0 });
});

test("what the server holds is another content: it begins anew and arrives", async () => {
  server.bytes = new Uint8Array(10);
  await sent(700_000);
  expect(server.photos.size).toBe(0);
  await again();
  expect(server.photos.size).toBe(1);
});

test("pauses begin short again whenever something arrived, and grow while nothing does", async () => {
  server.line.before = () => {
    if (server.pieces.length % 2 === 1) {
      server.pieces.push(0);
      throw new NoLine();
    }
  };
  await sent(700_000);
  for (let turn = 0; turn < 3 && server.photos.size === 0; turn += 1) await again();
  expect(Math.max(...pauses.waits)).toBe(1_000);
  pauses.waits = [];
  server.line.before = () => {
    throw new NoLine();
  };
  await sent(700_000);
  await again();
  await again();
  expect(pauses.waits).toEqual([1_000, 2_000, 4_000]);
});

test("a piece says where it begins and what it is; an answer that is not our server's moves nothing", async () => {
  const asked: { path: string; init: RequestInit }[] = [];
  const answers = [
    new Response(JSON.stringify({ csrf: "token" })),
    new Response(null, { status: 204, headers: { "Upload-Offset": "7" } }),
    new Response("<html>Welcome to our hotel</html>"),
  ];
  globalThis.fetch = (async (path: string, init: RequestInit) => {
    asked.push({ path, init });
    return answers.shift() as Response;
  }) as typeof fetch;
  const row = { visit: 5, sha256: "a".repeat(64), op_id: "x" } as KeptPhoto["row"];
  const real = new Server(1, "device");
  expect(await real.piece({ row, meta }, 4, new TextEncoder().encode("abc").buffer as ArrayBuffer)).toBe(7);
  const { path, init } = asked[1]!;
  const headers = init.headers as Headers;
  expect([init.method, path]).toEqual(["PATCH", `/api/v1/inspections/5/pieces/${"a".repeat(64)}`]);
  expect(headers.get("Upload-Offset")).toBe("4");
  expect(headers.get("Upload-Checksum")).toBe("sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  await expect(real.piece({ row, meta }, 7, new ArrayBuffer(3))).rejects.toThrow(Problem);
});
