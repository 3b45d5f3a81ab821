/** Exact numbers: fractions of whole numbers of any size, and declared rounding. Never a binary float. */

function gcd(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

export class Fraction {
  readonly top: bigint;
  readonly bottom: bigint;

  constructor(top: bigint, bottom = 1n) {
    if (bottom === 0n) throw new RangeError("a fraction of nought");
    const shared = gcd(top, bottom) || 1n;
    const sign = bottom < 0n ? -1n : 1n;
    this.top = (sign * top) / shared;
    this.bottom = (sign * bottom) / shared;
  }

  static readonly zero = new Fraction(0n);
  static readonly one = new Fraction(1n);

  /** A whole number, or a decimal or fraction written as text; null for anything else. */
  static of(value: unknown): Fraction | null {
    if (value instanceof Fraction) return value;
    if (typeof value === "number") return Number.isSafeInteger(value) ? new Fraction(BigInt(value)) : null;
    if (typeof value !== "string") return null;
    const parts = /^\s*([+-]?)(\d+)(?:\.(\d*)|\/(\d+))?\s*$/.exec(value);
    if (!parts || parts[4] === "0") return null;
    const [, sign, whole = "0", decimals = "", below] = parts;
    const top = BigInt(whole + decimals) * (sign === "-" ? -1n : 1n);
    return new Fraction(top, below ? BigInt(below) : 10n ** BigInt(decimals.length));
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  }

  minus(other: Fraction): Fraction {
    return this.plus(new Fraction(-other.top, other.bottom));
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.top * other.top, this.bottom * other.bottom);
  }

  over(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom, this.bottom * other.top);
  }

  /** -1, 0 or 1. */
  compare(other: Fraction): number {
    const side = this.top * other.bottom - other.top * this.bottom;
    return side > 0n ? 1 : side < 0n ? -1 : 0;
  }
}

export type Mode = "half-up" | "half-even" | "down" | "up" | "floor";

/** A number with a declared number of decimals, kept as the whole number it is in units of the last one. */
export class Rounded {
  constructor(
    readonly scaled: bigint,
    readonly digits: number,
  ) {}

  get exact(): Fraction {
    return new Fraction(this.scaled, 10n ** BigInt(this.digits));
  }

  toString(): string {
    const sign = this.scaled < 0n ? "-" : "";
    const figures = (this.scaled < 0n ? -this.scaled : this.scaled).toString().padStart(this.digits + 1, "0");
    const whole = figures.slice(0, figures.length - this.digits);
    return this.digits ? `${sign}${whole}.${figures.slice(-this.digits)}` : sign + whole;
  }
}

/** The fraction with `digits` decimals, by the declared mode: a half goes away from zero in `half-up`. */
export function rounded(value: Fraction, digits: number, mode: Mode): Rounded {
  const top = value.top * 10n ** BigInt(digits);
  let whole = top / value.bottom;
  if (top < 0n && whole * value.bottom !== top) whole -= 1n; // the floor, below zero too
  const rest = top - whole * value.bottom;
  if (rest && goesUp(whole, 2n * rest - value.bottom, mode)) whole += 1n;
  return new Rounded(whole, digits);
}

function goesUp(whole: bigint, beyondHalf: bigint, mode: Mode): boolean {
  if (mode === "half-up") return beyondHalf > 0n || (beyondHalf === 0n && whole >= 0n);
  if (mode === "half-even") return beyondHalf > 0n || (beyondHalf === 0n && whole % 2n !== 0n);
  return mode === "up" || (mode === "down" && whole < 0n);
}

/** An exact number as people read it: a finite decimal of at most six places, else numerator/denominator. */
export function plain(value: Fraction): string {
  let rest = value.bottom;
  let places = 0;
  for (const prime of [2n, 5n]) {
    let count = 0;
    while (rest % prime === 0n) [rest, count] = [rest / prime, count + 1];
    places = Math.max(places, count);
  }
  if (rest !== 1n || places > 6) return `${value.top}/${value.bottom}`;
  return new Rounded((value.top * 10n ** BigInt(places)) / value.bottom, places).toString();
}
