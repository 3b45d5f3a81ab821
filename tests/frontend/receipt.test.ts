/** The tablet's receipt is the server's, to the byte: vectors shared with tests/domain/test_receipts.py. */
import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { type AnswerLine, type PhotoLine, receiptBytes, receiptOf } from "../../inspect_app/frontend/tablet/receipt";

interface Case {
  name: string;
  uid: string;
  reference: string;
  answers: AnswerLine[];
  photographs: PhotoLine[];
  bytes: string;
  digest: string;
  code: string;
}
const cases = JSON.parse(readFileSync("tests/vectors/receipts.json", "utf-8")) as Case[];

test.each(cases)("$name", async (given) => {
  expect(new TextDecoder().decode(receiptBytes(given.uid, given.answers, given.photographs))).toBe(given.bytes);
  const receipt = await receiptOf(given.uid, given.reference, given.answers, given.photographs);
  expect(receipt.digest).toBe(given.digest);
  expect(receipt.code).toBe(given.code);
});

test("what the server takes out of a text is out of the receipt, too", async () => {
  const given = cases.at(-1)!;
  const answers = given.answers.map((a) => ({ ...a, note: ` ${a.note}\u202e ` }));
  expect((await receiptOf(given.uid, given.reference, answers, given.photographs)).digest).toBe(given.digest);
});
