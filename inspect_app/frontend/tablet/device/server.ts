/** What the device asks of the server, for one person: every request says for whom and from which device it comes. */
import { NoLine, Problem } from "../api";
import type { Applied, Operation, Pack, Photo, Sources } from "../types";
import type { ChecklistRules } from "../../scoring/types";
import type { KeptPhoto } from "./journal";
import type { PaperKind, PaperRecord, PaperResult } from "./papers";

export interface Assigned {
  id: number;
  reference: string;
  kind: string;
  state: string;
  editable: boolean;
  declared: boolean;
  planned_on: string;
  institution: Pack["institution"];
}
export interface Contact {
  csrf: string;
  now: string;
  account: { id: number; name: string };
  days_offline: number;
  visits: Assigned[];
}
export interface Fetched {
  pack: Pack;
  rules: ChecklistRules;
  etag: string;
}

/** A receipt as the server gives it (`docs/receipts.md`); without lines to whoever rates a part of the visit apart. */
export interface GivenReceipt {
  inspection: string;
  reference: string;
  counts: { answers: number; photographs: number };
  digest: string;
  code: string;
  text: string;
  qr: string;
  lines?: unknown[][];
}

const PATIENCE_MS = 30_000;
const PHOTO_PATIENCE_MS = 300_000;
const PIECE_PATIENCE_MS = 60_000;

const pieces = (row: { visit: number; sha256: string }): string => `/inspections/${row.visit}/pieces/${row.sha256}`;

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = (await answer.json()) as { code?: unknown; title?: unknown };
    return new Problem(answer.status, String(body.code ?? ""), String(body.title ?? ""));
  } catch {
    return new Problem(answer.status, "", "");
  }
}

export class Server {
  private token = "";

  /** `account` null: nobody of this device yet; whoever is signed in may set up theirs. */
  constructor(
    private readonly account: number | null = null,
    private readonly device: string | null = null,
    private readonly base = "/api/v1",
  ) {}

  async contact(): Promise<Contact> {
    const found = (await (await this.call("/tablet")).json()) as Contact;
    this.token = found.csrf;
    return found;
  }

  async register(device: string, name: string): Promise<void> {
    await this.change("/devices", JSON.stringify({ device, name }));
  }

  /** The visit, or null where it is still the one with this ETag. */
  async visit(id: number, etag = ""): Promise<Fetched | null> {
    const answer = await this.call(`/inspections/${id}?texts=all`, etag ? { headers: { "If-None-Match": etag } } : {});
    if (answer.status === 304) return null;
    const pack = (await answer.json()) as Pack;
    const rules = (await (await this.call(`/inspections/${id}/rules`)).json()) as ChecklistRules;
    return { pack, rules, etag: answer.headers.get("ETag") ?? "" };
  }

  /** Whether the server has the visit in another state than the one with this ETag. */
  async isNewer(id: number, etag: string): Promise<boolean> {
    const answer = await this.call(`/inspections/${id}?texts=all`, { method: "HEAD", headers: { "If-None-Match": etag } });
    return answer.status !== 304;
  }

  async sources(): Promise<Sources> {
    return (await this.call("/sources")).json() as Promise<Sources>;
  }

  async send(visit: number, operations: readonly Operation[]): Promise<Applied> {
    return (await this.change(`/inspections/${visit}/operations`, JSON.stringify({ operations }))).json() as Promise<Applied>;
  }

  async upload({ row, meta }: KeptPhoto, picture: ArrayBuffer): Promise<Photo> {
    const form = new FormData();
    form.set("criterion", meta.criterion);
    form.set("op_id", row.op_id);
    form.set("taken_at", meta.taken_at);
    form.set("caption", meta.caption);
    form.set("sha256", row.sha256);
    form.set("file", new Blob([picture], { type: meta.type }), "photo.jpg");
    const answer = await this.change(`/inspections/${row.visit}/photos`, form, PHOTO_PATIENCE_MS);
    return ((await answer.json()) as { photo: Photo }).photo;
  }

  /** How much of a photograph the server has, and the photograph itself where it arrived whole. */
  async arrived({ row }: KeptPhoto): Promise<{ offset: number; photo: Photo | null }> {
    return (await this.call(`${pieces(row)}?op_id=${row.op_id}`)).json() as Promise<{ offset: number; photo: Photo | null }>;
  }

  /** Send the piece that begins at `offset`; how much the server has then. */
  async piece({ row }: KeptPhoto, offset: number, data: ArrayBuffer): Promise<number> {
    const checksum = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", data))));
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset), "Upload-Checksum": `sha256 ${checksum}` };
    const answer = await this.change(pieces(row), data, PIECE_PATIENCE_MS, "PATCH", headers);
    const here = Number(answer.headers.get("Upload-Offset") ?? NaN);
    if (!(here > offset)) throw new Problem(502, "no-results", ""); // not our server's answer
    return here;
  }

  /** All pieces are there: they become the photograph. */
  async complete({ row, meta }: KeptPhoto): Promise<Photo> {
    const form = new FormData();
    form.set("criterion", meta.criterion);
    form.set("op_id", row.op_id);
    form.set("taken_at", meta.taken_at);
    form.set("caption", meta.caption);
    const answer = await this.change(pieces(row), form, PHOTO_PATIENCE_MS);
    return ((await answer.json()) as { photo: Photo }).photo;
  }

  /** Signatures, or sheets of critical findings. */
  async sendPapers(visit: number, kind: PaperKind, records: readonly PaperRecord[]): Promise<PaperResult[]> {
    const path = `/inspections/${visit}/${kind === "sheet" ? "sheets" : "signatures"}`;
    const answer = await this.change(path, JSON.stringify({ records }));
    return ((await answer.json()) as { results: PaperResult[] }).results;
  }

  /** The receipt of what the server holds; giving it is written down there. */
  async receipt(visit: number): Promise<GivenReceipt> {
    return (await this.change(`/inspections/${visit}/receipt?lang=${document.documentElement.lang}`, "{}")).json() as Promise<GivenReceipt>;
  }

  async withdraw(visit: number, photo: number, reason: string, identity: boolean): Promise<void> {
    await this.change(`/inspections/${visit}/photos/${photo}`, JSON.stringify({ reason, identity }), PATIENCE_MS, "DELETE");
  }

  private async change(path: string, body: BodyInit, patience = PATIENCE_MS, method = "POST", more: Record<string, string> = {}): Promise<Response> {
    const init = (): RequestInit => ({
      method,
      body,
      headers: { "X-CSRFToken": this.token, ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}), ...more },
    });
    if (!this.token) await this.contact();
    try {
      return await this.call(path, init(), patience);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "csrf") throw error;
      await this.contact();
      return this.call(path, init(), patience);
    }
  }

  private async call(path: string, init: RequestInit = {}, patience = PATIENCE_MS): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("Accept", "application/json");
    if (this.account !== null) headers.set("X-Miyar-Account", String(this.account));
    if (this.device !== null) headers.set("X-Miyar-Device", this.device);
    let answer: Response;
    try {
      answer = await fetch(this.base + path, {
        ...init,
        headers,
        cache: "no-store",
        credentials: "same-origin",
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      throw new NoLine();
    }
    if (!answer.ok && answer.status !== 304) throw await problemOf(answer);
    return answer;
  }
}
