/** What a rule-set reckons with: scales, grades on them, exact numbers, and collections of atoms. */
import { Fraction } from "./fraction";
import type { InputData, Relation, Scalar, ScaleData } from "./types";

/** What was given cannot be reckoned with. */
export class InputError extends Error {
  constructor(
    readonly field: string,
    readonly expected: string,
  ) {
    super(`${field}: ${expected}`);
  }
}

/** The one spelling of a value on a scale: 4 and "4" are the same step, `true` is not 1. */
export const token = (value: unknown): string => String(value);

export class Scale {
  private readonly ranks = new Map<string, number>();

  constructor(readonly data: ScaleData) {
    data.values.forEach((value, rank) => this.ranks.set(token(value), rank));
    for (const [alias, target] of Object.entries(data.aliases ?? {})) {
      this.ranks.set(alias, this.ranks.get(token(target)) ?? 0);
    }
  }

  get size(): number {
    return this.data.values.length;
  }

  rank(value: unknown, name = this.data.code): number {
    const rank = this.ranks.get(token(value));
    if (rank === undefined) throw new InputError(name, `one of ${this.data.values.map(token).join(", ")}`);
    return rank;
  }

  leavesOut(value: unknown): boolean {
    return value === null || value === undefined || (this.data.not_applicable ?? []).includes(token(value));
  }

  value(rank: number): Scalar {
    return this.data.values[rank] ?? null;
  }

  number(rank: number): Fraction | null {
    const value = this.data.values[rank];
    return typeof value === "number" ? Fraction.of(value) : null;
  }
}

/** A step of a scale. */
export class Grade {
  constructor(
    readonly scale: Scale,
    readonly rank: number,
  ) {}

  get value(): Scalar {
    return this.scale.value(this.rank);
  }

  get number(): Fraction | null {
    return this.scale.number(this.rank);
  }
}

/** The smallest thing judged; `value` null: not applicable, or not answered. */
export class Atom {
  constructor(
    readonly key: string,
    readonly value: Grade | Fraction | null,
    readonly weight: Fraction = Fraction.one,
    readonly attributes: Readonly<Record<string, string>> = {},
  ) {}

  get number(): Fraction | null {
    return this.value instanceof Grade ? this.value.number : this.value;
  }
}

export type Quantity = Grade | Fraction | boolean | null;
export type Read = Quantity | Atom[] | number[][] | string;

const isMap = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);

/** The value of an input to reckon with. Throws InputError where it is not of its kind. */
export function read(asked: InputData, scales: ReadonlyMap<string, Scale>, raw: unknown): Read {
  if (asked.many) return collection(asked, scales, raw);
  const value = raw === null || raw === undefined ? asked.default : raw;
  if (asked.kind === "flag") {
    if (value !== undefined && value !== null && typeof value !== "boolean") {
      throw new InputError(asked.code, "true or false");
    }
    return value === true;
  }
  if (asked.kind === "option") {
    const chosen = asked.aliases?.[String(value)] ?? String(value);
    if (!asked.values?.includes(chosen)) throw new InputError(asked.code, `one of ${asked.values?.join(", ")}`);
    return chosen;
  }
  if (asked.kind === "matrix") return matrix(asked, value);
  return single(asked, scales, value, asked.code);
}

function single(
  asked: InputData,
  scales: ReadonlyMap<string, Scale>,
  raw: unknown,
  name: string,
): Grade | Fraction | null {
  if (asked.kind === "grade") {
    const scale = scales.get(asked.scale ?? "");
    if (!scale) throw new InputError(asked.code, "a scale");
    return scale.leavesOut(raw) ? null : new Grade(scale, scale.rank(raw, name));
  }
  if (raw === null || raw === undefined) return null;
  const number = Fraction.of(raw);
  if (!number) throw new InputError(name, "a number");
  const [low, high] = [Fraction.of(asked.minimum), Fraction.of(asked.maximum)];
  if ((low && number.compare(low) < 0) || (high && number.compare(high) > 0)) {
    throw new InputError(name, `a number from ${asked.minimum} to ${asked.maximum}`);
  }
  return number;
}

function collection(asked: InputData, scales: ReadonlyMap<string, Scale>, raw: unknown): Atom[] {
  if (raw === null || raw === undefined) return [];
  if (!Array.isArray(raw) && !isMap(raw)) throw new InputError(asked.code, "a list");
  const pairs: [string, unknown][] = Array.isArray(raw)
    ? raw.map((value, place) => [String(place + 1), value])
    : Object.entries(raw);
  return pairs.map(([key, value]) =>
    value instanceof Atom ? value : new Atom(key, single(asked, scales, value, `${asked.code}.${key}`)),
  );
}

function matrix(asked: InputData, raw: unknown): number[][] {
  const rows = Array.isArray(raw) ? (raw as unknown[]) : [];
  const square = rows.length > 1 && rows.every((row) => Array.isArray(row) && row.length === rows.length);
  if (!square || (rows as number[][]).flat().some((n) => !Number.isSafeInteger(n) || n < 0)) {
    throw new InputError(asked.code, "a square table of counts, two by two or larger");
  }
  return rows as number[][];
}

/** Whether nothing was given of what the result cannot do without. */
export function missing(asked: InputData, value: Read): boolean {
  if (asked.optional || asked.kind === "flag" || asked.kind === "option") return false;
  if (asked.many) return (value as Atom[]).every((atom) => atom.value === null);
  return value === null;
}

/** Whether a value keeps to a relation with a bound of the same kind. */
export function keepsTo(value: Grade | Fraction, relation: Relation, bound: Scalar, name: string): boolean {
  let side: number;
  if (value instanceof Grade) side = Math.sign(value.rank - value.scale.rank(bound, name));
  else {
    const number = Fraction.of(bound);
    if (!number) throw new InputError(name, "a number");
    side = value.compare(number);
  }
  return { at_least: side >= 0, at_most: side <= 0, above: side > 0, below: side < 0, is: side === 0 }[relation];
}
