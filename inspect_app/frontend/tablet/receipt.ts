/**
 * The receipt at the end of a visit, as the server makes it (`domain/receipts.py`): the same bytes, the same digest.
 * `tests/vectors/receipts.json` holds both together. What is hashed is what the server keeps: texts trimmed, measurements
 * as plain decimal text.
 */
export interface AnswerLine {
  criterion: string;
  op_id: string;
  level: number | null;
  not_applicable: boolean;
  na_reason: string;
  note: string;
  measurements: Readonly<Record<string, string>>;
}
export interface PhotoLine {
  criterion: string;
  op_id: string;
  /** of the bytes as they are sent */
  sha256: string;
}
export interface Receipt {
  answers: number;
  photographs: number;
  digest: string;
  /** what stands in the QR code and can be typed */
  code: string;
}

const FORMAT = 1;
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Signs that turn the direction of writing round; the server keeps none. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu;
export const kept = (text: string): string => text.replace(TURNING, "").trim();

/** The lines that are hashed, without the head: answers by criterion, photographs by op_id. */
export function linesOf(answers: readonly AnswerLine[], photographs: readonly PhotoLine[]): unknown[][] {
  const said = [...answers]
    .sort((a, b) => order(a.criterion, b.criterion))
    .map((a) => {
      const measured = Object.keys(a.measurements)
        .sort(order)
        .map((code) => [code, a.measurements[code]]);
      const reason = a.not_applicable ? kept(a.na_reason) : "";
      return ["answer", a.criterion, a.op_id, a.level, a.not_applicable, reason, kept(a.note), measured];
    });
  const shown = [...photographs].sort((a, b) => order(a.op_id, b.op_id)).map((p) => ["photo", p.criterion, p.op_id, p.sha256]);
  return [...said, ...shown];
}

/** The bytes that are hashed: JSON arrays, one per line, the head first. */
export function receiptBytes(uid: string, answers: readonly AnswerLine[], photographs: readonly PhotoLine[]): Uint8Array<ArrayBuffer> {
  const lines = [["miyar-receipt", FORMAT, uid], ...linesOf(answers, photographs)];
  return new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

export async function receiptOf(
  uid: string,
  reference: string,
  answers: readonly AnswerLine[],
  photographs: readonly PhotoLine[],
): Promise<Receipt> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", receiptBytes(uid, answers, photographs)));
  const digest = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const counted = answers.filter((a) => a.level !== null || a.not_applicable).length;
  const code = `MIYAR-R${FORMAT}/${reference}/${counted}/${photographs.length}/${digest}`;
  return { answers: counted, photographs: photographs.length, digest, code };
}
