/** The device's engine and the server's come to the same, to the last digit: published cases, and ten thousand random ones. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

import { givenBy, same } from "../../inspect_app/frontend/scoring/cases";
import { type AnswerInput, type CriterionInput, scoreOf } from "../../inspect_app/frontend/scoring/checklist-form";
import { Fraction, plain, rounded, type Mode } from "../../inspect_app/frontend/scoring/fraction";
import { figures, Program, programOf, type Result } from "../../inspect_app/frontend/scoring/program";
import type { BookData, ChecklistRules } from "../../inspect_app/frontend/scoring/types";
import { InputError } from "../../inspect_app/frontend/scoring/values";

const FOLDER = "checklists/regulators";
const books = new Map<string, BookData>(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".yaml") && name !== "published.yaml")
    .sort()
    .map((name) => [name, parse(readFileSync(join(FOLDER, name), "utf-8")) as BookData]),
);
const rules = parse(readFileSync("checklists/law-65-15/rules.yaml", "utf-8")) as ChecklistRules;

interface Told {
  scored: boolean;
  answer: unknown[];
  nodes: unknown[];
}
interface Golden {
  cases: (Told & { file: string; program: string; given: Record<string, unknown> })[];
  visits: (Told & {
    category: string;
    services: string[];
    capacity: number;
    facts: string[];
    answers: Record<string, number | "na">;
  })[];
  checklists: Record<string, (CriterionInput & { services: string[]; min_capacity: number })[]>;
}

let folder: string;
let golden: Golden;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "golden-"));
  const file = join(folder, "golden.json");
  execFileSync(".venv/bin/python", ["tests/frontend/make_golden.py", file]);
  golden = JSON.parse(readFileSync(file, "utf-8")) as Golden;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const told = (result: Result): Told => ({
  scored: result.scored,
  answer: result.answer,
  nodes: result.outcomes.map(figures),
});

test("ten thousand random cases come out the same on the device and on the server", () => {
  expect(golden.cases.length + golden.visits.length).toBe(10_000);
  const programs = new Map<string, Program>();
  for (const { file, program, given, ...expected } of golden.cases) {
    const key = `${file}/${program}`;
    const mine = programs.get(key) ?? programOf(books.get(file) as BookData, program);
    programs.set(key, mine);
    expect(told(mine.work(given)), `${key} ${JSON.stringify(given)}`).toEqual(expected);
  }
  expect(programs.size).toBe(23);
}, 120_000);

test("a visit scored on the tablet is the visit scored on the server", () => {
  for (const { category, services, capacity, facts, answers, ...expected } of golden.visits) {
    const asked = (golden.checklists[category] ?? []).filter(
      (c) => c.min_capacity <= capacity && c.services.every((service) => services.includes(service)),
    );
    const given = Object.fromEntries(
      Object.entries(answers).map(([code, level]): [string, AnswerInput] => [
        code,
        { level: level === "na" ? null : level, not_applicable: level === "na" },
      ]),
    );
    expect(told(scoreOf(rules, asked, given, facts)), category).toEqual(expected);
  }
}, 120_000);

describe("published cases", () => {
  // decimals as text, so that none passes through a binary float
  const text = readFileSync("tests/vectors/regulators.json", "utf-8").replace(
    /(?<=[:,[]\s*)-?\d+\.\d+(?=\s*[,\]}])/g,
    '"$&"',
  );
  const cases = (JSON.parse(text) as { cases: { id: string; framework: string; input: unknown; expected: unknown }[] })
    .cases;
  test.each(cases.map((one) => [one.id, one] as const))("%s", (_, one) => {
    const found = [...books.values()]
      .flatMap((book) => book.programs.map((program) => ({ book, program })))
      .filter(({ program }) => program.vectors?.framework === one.framework)
      .sort((a, b) => a.book.version.localeCompare(b.book.version));
    const newest = found.at(-1);
    if (!newest) throw new Error(`no rule-set for ${one.framework}`);
    const { version, given } = givenBy(one.input, newest.program);
    const chosen = version === null ? newest : found.find(({ book }) => book.version === version);
    if (!chosen) throw new Error(`no version ${String(version)}`);
    const { answer } = new Program(chosen.program, chosen.book.scales).work(given);
    const got = answer.length > 1 ? answer : answer[0];
    expect(same(one.expected, got), `expected ${String(one.expected)}, got ${String(got)}`).toBe(true);
  });
});

test.each<[string, number, Mode, string]>([
  ["1/2", 0, "half-up", "1"],
  ["-1/2", 0, "half-up", "-1"],
  ["5/2", 0, "half-even", "2"],
  ["7/2", 0, "half-even", "4"],
  ["-5/2", 0, "half-even", "-2"],
  ["2.999", 2, "down", "2.99"],
  ["-2.999", 2, "down", "-2.99"],
  ["2.001", 2, "up", "2.01"],
  ["-2.001", 2, "floor", "-2.01"],
  ["1/3", 2, "half-up", "0.33"],
  ["-0.004", 2, "half-up", "0.00"],
])("%s with %i decimals, %s, is %s", (value, digits, mode, expected) => {
  expect(rounded(Fraction.of(value) as Fraction, digits, mode).toString()).toBe(expected);
});

test("an exact number is read as people write it", () => {
  expect(plain(new Fraction(5n, 8n))).toBe("0.625");
  expect(plain(new Fraction(200n, 3n))).toBe("200/3");
  expect(plain(new Fraction(-7n, 4n))).toBe("-1.75");
});

test.each([
  [{ scores: [5] }, "scores.1"],
  [{ scores: "4" }, "scores"],
  [{ grades: [4] }, "grades"],
  [{ scores: [4], rounding: "nearest" }, "rounding"],
])("what cannot be read is refused at its field: %j", (given, field) => {
  const program = programOf(books.get("cqc-2023.yaml") as BookData, "key-question");
  expect(() => program.work(given)).toThrow(InputError);
  expect(() => program.work(given)).toThrow(field);
});

test("a number that is a binary float is refused", () => {
  const program = programOf(books.get("cohsasa-2015.yaml") as BookData, "accreditation");
  expect(() => program.work({ overall: 84.9 })).toThrow("overall");
  expect(program.work({ overall: "84.9" }).answer).toEqual(["GRADED"]);
});
