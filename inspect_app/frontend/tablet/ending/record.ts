/** The record of the visit as this device holds it: what is signed, and what the server's receipt is compared with. */
import type { KeptPhoto } from "../device/journal";
import { type AnswerLine, type PhotoLine, type Receipt, linesOf, receiptOf } from "../receipt";
import type { Store } from "../store";
import type { Pack, Photo } from "../types";

export interface HeldRecord {
  answers: AnswerLine[];
  photographs: PhotoLine[];
  /** criteria of which something is typed that is no part of the record, or was refused */
  open: string[];
}

export function recordOf(store: Store, kept: Readonly<Record<string, Photo[]>>, rows: readonly KeptPhoto[]): HeldRecord {
  const answers: AnswerLine[] = [];
  for (const criterion of store.order) {
    const entry = store.entries[criterion];
    if (!entry?.op_id) continue;
    const { op_id, level, not_applicable, na_reason, note, measurements } = entry;
    answers.push({ criterion, op_id, level, not_applicable, na_reason, note, measurements });
  }
  const photographs = new Map<string, PhotoLine>();
  for (const photo of Object.values(kept).flat()) {
    const { criterion, op_id, sha256 = "" } = photo;
    photographs.set(op_id, { criterion, op_id, sha256 });
  }
  for (const { row, meta } of rows) {
    // what this device took is known by its own bytes, not by what the server says of them
    if (row.state === "waiting" || photographs.has(row.op_id)) photographs.set(row.op_id, { criterion: meta.criterion, op_id: row.op_id, sha256: row.sha256 });
  }
  const open = store.order.filter((code) => ["incomplete", "refused"].includes(store.statusOf(code)));
  return { answers, photographs: [...photographs.values()], open };
}

export const receiptOfRecord = (pack: Pack, held: HeldRecord): Promise<Receipt> =>
  receiptOf(pack.uid ?? "", pack.reference, held.answers, held.photographs);

const keyOf = (line: readonly unknown[]): string => `${String(line[0])} ${String(line[0] === "answer" ? line[1] : line[2])}`;

/** Criteria on which the server's lines are not those of this device, in order and each once. */
export function differing(held: HeldRecord, lines: readonly (readonly unknown[])[]): string[] {
  const mine = new Map(linesOf(held.answers, held.photographs).map((line) => [keyOf(line), line]));
  const theirs = new Map(lines.map((line) => [keyOf(line), line]));
  const found = new Set<string>();
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const [one, other] = [mine.get(key), theirs.get(key)];
    if (JSON.stringify(one) !== JSON.stringify(other)) found.add(String((one ?? other)?.[1]));
  }
  return [...found].sort();
}
