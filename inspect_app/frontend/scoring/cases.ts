/** How published cases are written: which input each part of a case is, and when a result is the expected one. */
import { Fraction } from "./fraction";
import type { ProgramData } from "./types";

const isMap = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);

/** The vintage a case names (null: none) and its inputs by name. */
export function givenBy(raw: unknown, program: ProgramData): { version: unknown; given: Record<string, unknown> } {
  const { bare, places, version } = program.vectors ?? {};
  const names = new Set([...program.inputs.map((asked) => asked.code), ...(version ? [version] : [])]);
  if (places && Array.isArray(raw)) {
    const given = Object.fromEntries(raw.map((value, place) => [places[place] ?? "", value as unknown]));
    return taken(given, "version");
  }
  if (isMap(raw) && (!bare || Object.keys(raw).every((name) => names.has(name)))) return taken(raw, version);
  return { version: null, given: { [bare ?? ""]: raw } };
}

function taken(raw: Record<string, unknown>, name: string | undefined): { version: unknown; given: Record<string, unknown> } {
  const { [name ?? ""]: version = null, ...given } = raw;
  return { version, given };
}

/** Numbers by their value, all else exactly; true is not 1. */
export function same(expected: unknown, got: unknown): boolean {
  if (Array.isArray(expected) || Array.isArray(got)) {
    return (
      Array.isArray(expected) &&
      Array.isArray(got) &&
      expected.length === got.length &&
      expected.every((value, place) => same(value, got[place]))
    );
  }
  if (typeof expected === "boolean" || typeof got === "boolean" || expected === null || got === null) {
    return expected === got;
  }
  const [one, other] = [Fraction.of(expected), Fraction.of(got)];
  return one && other ? one.compare(other) === 0 : String(expected) === String(got);
}
