import { expect, test } from "vitest";

import { ar } from "../../inspect_app/frontend/tablet/messages/ar";
import { en } from "../../inspect_app/frontend/tablet/messages/en";
import { fr } from "../../inspect_app/frontend/tablet/messages/fr";

/** All leaves of an object with their paths; a sentence with a number is asked for 1, 2, 3 and 11. */
function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "function") return [1, 2, 3, 11].map((n) => [`${path}(${n})`, String(value(n, n))]);
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

test("every language says everything", () => {
  const keys = leaves(ar).map(([key]) => key);
  expect(leaves(fr).map(([key]) => key)).toEqual(keys);
  expect(leaves(en).map(([key]) => key)).toEqual(keys);
  for (const words of [ar, fr, en]) for (const [, text] of leaves(words)) expect(text.trim()).not.toBe("");
});

test("Arabic is written in Arabic", () => {
  for (const [key, text] of leaves(ar)) expect(text, key).toMatch(/[\u0600-\u06ff]/);
});
