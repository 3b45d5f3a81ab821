import { expect, test } from "vitest";

import { plainNumber } from "../../inspect_app/frontend/tablet/numbers";

test.each([
  ["12", "12"],
  ["١٢٫٥", "12.5"],
  ["۱۲", "12"],
  ["12,5", "12.5"],
  [" 1 250 ", "1250"],
  ["١٬٢٥٠", "1250"],
  ["1\u202f250,75", "1250.75"],
  ["0", "0"],
  ["", ""],
  ["   ", ""],
])("Amina types %j and %j is kept", (typed, kept) => expect(plainNumber(typed)).toBe(kept));

test.each([
  ["٤٠", "40"],
  ["12,0", "12.0"],
  ["12,5", null],
])("of what is counted %j is kept as %j", (typed, kept) => expect(plainNumber(typed, true)).toBe(kept));

test.each(["many", "-3", "1.2.3", "12 m²", "1e3", "1234567890", ".5", "12."])("%j is no number", (typed) =>
  expect(plainNumber(typed)).toBeNull(),
);
