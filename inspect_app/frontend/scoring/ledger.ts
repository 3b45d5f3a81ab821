/** What is known while a rule-set is worked through: the inputs, and the results so far. */
import { type Fraction, Rounded } from "./fraction";
import type { Scalar } from "./types";
import { Atom, Grade, type Quantity, type Read } from "./values";

export interface Group {
  code: string;
  exact: Fraction | null;
  rounded: Rounded | null;
}

/** What a node came to. `value` is what people see, `exact` what means go on with, `binding` what fixed it. */
export interface Outcome {
  code: string;
  value: Grade | Rounded | Scalar;
  exact?: Fraction;
  binding: string[];
  groups?: Group[];
  admissible?: Scalar[];
}

export class Ledger {
  readonly outcomes = new Map<string, Outcome>();
  private readonly several: boolean;

  constructor(private readonly given: ReadonlyMap<string, Read>) {
    this.several = [...given.values()].filter(isCollection).length > 1;
  }

  /** A single value as people see it: results are rounded. */
  value(name: string): Quantity {
    const outcome = this.outcomes.get(name);
    const value = outcome ? outcome.value : this.given.get(name);
    if (value instanceof Rounded) return value.exact;
    if (value instanceof Grade || typeof value === "boolean") return value;
    return value && typeof value === "object" && "compare" in value ? (value as Fraction) : null;
  }

  /** The exact number behind a value. */
  number(name: string): Fraction | null {
    const exact = this.outcomes.get(name)?.exact;
    if (exact) return exact;
    const value = this.value(name);
    if (value instanceof Grade) return value.number;
    return typeof value === "boolean" ? null : value;
  }

  atoms(name: string): Atom[] {
    const given = this.given.get(name);
    return isCollection(given) ? given : [];
  }

  isCollection(name: string): boolean {
    return !this.outcomes.has(name) && isCollection(this.given.get(name));
  }

  groups(name: string): Group[] | null {
    return this.outcomes.get(name)?.groups ?? null;
  }

  reference(name: string, key: string): string {
    return this.several ? `${name}.${key}` : key;
  }

  option(name: string): string {
    return this.given.get(name) as string;
  }

  matrix(name: string): number[][] {
    return this.given.get(name) as number[][];
  }
}

function isCollection(value: Read | undefined): value is Atom[] {
  return Array.isArray(value) && (value.length === 0 || value[0] instanceof Atom);
}
