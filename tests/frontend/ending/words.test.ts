import { expect, test } from "vitest";

import { ar } from "../../../inspect_app/frontend/tablet/ending/words/ar";
import { en } from "../../../inspect_app/frontend/tablet/ending/words/en";
import { fr } from "../../../inspect_app/frontend/tablet/ending/words/fr";
import { ago } from "../../../inspect_app/frontend/tablet/ending/words/index";

/** All leaves of an object with their paths; a sentence with a number is asked for 1, 2, 3 and 11. */
function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "function") return [1, 2, 3, 11].map((n) => [`${path}(${n})`, String(value(n, n))]);
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}
/** The function of whoever received the team is theirs to say. */
const filled = (words: unknown): [string, string][] => leaves(words).filter(([key]) => key !== ".functions.received");

test("every language says everything", () => {
  const keys = filled(ar).map(([key]) => key);
  expect(filled(fr).map(([key]) => key)).toEqual(keys);
  expect(filled(en).map(([key]) => key)).toEqual(keys);
  for (const words of [ar, fr, en]) for (const [key, text] of filled(words)) expect(text.trim(), key).not.toBe("");
});

test("Arabic is written in Arabic", () => {
  for (const [key, text] of filled(ar)) expect(text, key).toMatch(/[\u0600-\u06ff]/);
});

test("how long ago something was seen is said in the largest fitting unit; a clock turned back says now", () => {
  const at = Date.parse("2026-11-24T12:00:00Z");
  const said = ["2026-11-24T11:20:00Z", "2026-11-24T07:00:00Z", "2026-11-21T12:00:00Z", "2026-11-25T12:00:00Z"].map((iso) => ago(iso, at));
  expect(said[0]).toMatch(/40/);
  expect(said[1]).toMatch(/5/);
  expect(said[2]).toMatch(/3/);
  expect(said[3]).not.toMatch(/\d/);
});
