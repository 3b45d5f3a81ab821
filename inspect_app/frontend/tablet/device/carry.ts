/** The last resort: everything that the server does not have, in a file; and reading such a file in on another device. */
import type { Operation } from "../types";
import type { Journal, PhotoMeta } from "./journal";
import type { PaperKind, PaperRecord } from "./papers";
import { sha256 } from "./seal";

interface PhotoInFile extends PhotoMeta {
  op_id: string;
  visit: number;
  sha256: string;
  refused: string | null;
  picture: string;
}
interface Contents {
  format: "miyar-unsent";
  /** 2: with signatures or sheets; without them still 1, which every tablet and office can read */
  version: 1 | 2;
  account: number;
  name: string;
  device: string;
  written_at: string;
  operations: { visit: number; refused: string | null; operation: Operation }[];
  photos: PhotoInFile[];
  papers?: { visit: number; kind: PaperKind; refused: string | null; record: PaperRecord }[];
}
export interface UnsentFile extends Contents {
  /** SHA-256 of the JSON of everything else */
  digest: string;
}
export type CarryFault = "import-fault" | "import-other";

const CHUNK = 0x8000;

function base64(bytes: ArrayBuffer): string {
  const view = new Uint8Array(bytes);
  let binary = "";
  for (let at = 0; at < view.length; at += CHUNK) binary += String.fromCharCode(...view.subarray(at, at + CHUNK));
  return btoa(binary);
}

function bytesOf(text: string): ArrayBuffer {
  const binary = atob(text);
  const view = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) view[at] = binary.charCodeAt(at);
  return view.buffer;
}

const digestOf = (contents: Contents): Promise<string> => sha256(new TextEncoder().encode(JSON.stringify(contents)));

export async function written(journal: Journal, holder: { account: number; name: string; device: string }): Promise<UnsentFile> {
  const unsent = await journal.unsent();
  const photos: PhotoInFile[] = [];
  for (const { row, meta } of unsent.photos) {
    const picture = await journal.picture(row);
    if (!picture) continue;
    const refused = row.state === "aside" ? (row.code ?? "") : null;
    photos.push({ ...meta, op_id: row.op_id, visit: row.visit, sha256: row.sha256, refused, picture: base64(picture) });
  }
  const contents: Contents = {
    format: "miyar-unsent",
    version: unsent.papers.length > 0 ? 2 : 1,
    account: holder.account,
    name: holder.name,
    device: holder.device,
    written_at: new Date().toISOString(),
    operations: unsent.operations.map(({ row, operation }) => ({
      visit: row.visit,
      refused: row.state === "aside" ? (row.code ?? "") : null,
      operation,
    })),
    photos,
  };
  if (unsent.papers.length > 0) {
    contents.papers = unsent.papers.map(({ row, record }) => ({
      visit: row.visit,
      kind: row.kind,
      refused: row.state === "aside" ? (row.code ?? "") : null,
      record,
    }));
  }
  return { ...contents, digest: await digestOf(contents) };
}

/** How many records came in; those that are here already are left as they are. */
export async function readIn(journal: Journal, account: number, text: string): Promise<number | CarryFault> {
  let file: UnsentFile;
  try {
    file = JSON.parse(text) as UnsentFile;
    const { digest, ...contents } = file;
    if (file.format !== "miyar-unsent" || ![1, 2].includes(file.version) || digest !== (await digestOf(contents))) return "import-fault";
  } catch {
    return "import-fault";
  }
  if (file.account !== account) return "import-other";
  let count = 0;
  for (const { visit, operation } of file.operations) {
    if ((await journal.db.operations.where("op_id").equals(operation.op_id).count()) > 0) continue;
    await journal.add(visit, operation);
    count += 1;
  }
  for (const { op_id, visit, criterion, caption, taken_at, type, picture } of file.photos) {
    if (await journal.db.photos.get(op_id)) continue;
    await journal.addPhoto(visit, op_id, { criterion, caption, taken_at, type }, bytesOf(picture));
    count += 1;
  }
  for (const { visit, kind, record } of file.papers ?? []) {
    if (await journal.papers.has(record.op_id)) continue;
    await journal.papers.add(visit, kind, record);
    count += 1;
  }
  return count;
}
