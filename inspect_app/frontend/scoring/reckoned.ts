/** The families that reckon: weighted means, rounding to a step, agreement of two raters. */
import { Fraction, type Mode, type Rounded, rounded } from "./fraction";
import type { Group, Ledger, Outcome } from "./ledger";
import type { NodeData, RoundingData } from "./types";
import { Grade, type Scale } from "./values";

type Pair = [ref: string, value: Fraction, weight: Fraction];

export const names = (of: string | string[] | undefined): string[] => (of === undefined ? [] : [of].flat());

function apply(rounding: RoundingData | undefined, value: Fraction, known: Ledger): Rounded {
  const mode = rounding?.mode_from ? known.option(rounding.mode_from) : (rounding?.mode ?? "half-up");
  return rounded(value, rounding?.digits ?? 0, mode as Mode);
}

function weighted(pairs: Pair[]): Fraction | null {
  let [top, bottom] = [Fraction.zero, Fraction.zero];
  for (const [, value, weight] of pairs) [top, bottom] = [top.plus(value.times(weight)), bottom.plus(weight)];
  return bottom.top === 0n ? null : top.over(bottom);
}

export function mean(node: NodeData, known: Ledger): Outcome {
  const scaled = (value: Fraction) => {
    const percent = Fraction.of(node.percent_of);
    return percent ? value.times(new Fraction(100n)).over(percent) : value;
  };
  if (node.by) return byGroup(node, node.by, known, scaled);
  const pairs = names(node.of).flatMap((name) => pairsOf(node, name, known));
  const value = weighted(pairs);
  if (!value) return { code: node.code, value: null, binding: [] };
  const exact = scaled(value);
  return { code: node.code, value: apply(node.rounding, exact, known), exact, binding: pairs.map(([ref]) => ref) };
}

function pairsOf(node: NodeData, name: string, known: Ledger): Pair[] {
  const weights = (node.weights ?? {}) as Record<string, string | number>;
  const weight = (key: string) => Fraction.of(weights[key]) ?? Fraction.one;
  const groups = known.groups(name);
  if (groups) return groups.flatMap((g): Pair[] => (g.exact ? [[g.code, g.exact, weight(g.code)]] : []));
  if (known.isCollection(name)) {
    const pairs = known
      .atoms(name)
      .flatMap((atom): Pair[] => (atom.number ? [[known.reference(name, atom.key), atom.number, atom.weight]] : []));
    if (!(name in weights)) return pairs;
    const value = weighted(pairs); // the collection weighs as one
    return value ? [[name, value, weight(name)]] : [];
  }
  const number = known.number(name);
  return number ? [[name, number, weight(name)]] : [];
}

function byGroup(node: NodeData, attribute: string, known: Ledger, scaled: (value: Fraction) => Fraction): Outcome {
  const found = new Map<string, Pair[]>();
  for (const atom of names(node.of).flatMap((name) => known.atoms(name))) {
    const key = atom.attributes[attribute] ?? "";
    const pairs = found.get(key) ?? [];
    found.set(key, pairs);
    if (atom.number) pairs.push([atom.key, atom.number, atom.weight]);
  }
  const groups = [...found].map(([code, pairs]): Group => {
    const value = weighted(pairs);
    if (!value) return { code, exact: null, rounded: null };
    const exact = scaled(value);
    return { code, exact, rounded: apply(node.rounding, exact, known) };
  });
  const binding = groups.filter((group) => group.rounded).map((group) => group.code);
  return { code: node.code, value: null, binding, groups };
}

/** A number rounded to a step of a scale of whole numbers; beyond its ends, the end. */
export function step(node: NodeData, scale: Scale, known: Ledger): Outcome {
  const of = names(node.of)[0] ?? "";
  const number = known.number(of);
  if (!number) return { code: node.code, value: null, binding: [] };
  const steps = scale.data.values.map(Number);
  const whole = Number(apply(node.rounding, number, known).scaled);
  const within = Math.min(Math.max(whole, Math.min(...steps)), Math.max(...steps));
  return { code: node.code, value: new Grade(scale, scale.rank(within)), binding: [of] };
}

/** How far two raters agree beyond chance; no value where all ratings lie in one cell of the diagonal. */
export function agreement(node: NodeData, known: Ledger): Outcome {
  const of = names(node.of)[0] ?? "";
  const value = kappa(known.matrix(of), node.weights === "quadratic");
  if (!value) return { code: node.code, value: null, binding: [] };
  return { code: node.code, value: apply(node.rounding, value, known), exact: value, binding: [of] };
}

function kappa(table: number[][], quadratic: boolean): Fraction | null {
  const size = table.length;
  const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
  const rows = table.map(sum);
  const columns = table.map((_, j) => sum(table.map((row) => row[j] ?? 0)));
  const total = sum(rows);
  if (!total || table.some((row, i) => row[i] === total)) return null;
  const weight = (i: number, j: number) =>
    quadratic
      ? Fraction.one.minus(new Fraction(BigInt((i - j) ** 2), BigInt((size - 1) ** 2)))
      : i === j
        ? Fraction.one
        : Fraction.zero;
  let [observed, expected] = [Fraction.zero, Fraction.zero];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const w = weight(i, j);
      observed = observed.plus(w.times(new Fraction(BigInt(table[i]?.[j] ?? 0), BigInt(total))));
      const chance = new Fraction(BigInt(rows[i] ?? 0) * BigInt(columns[j] ?? 0), BigInt(total) ** 2n);
      expected = expected.plus(w.times(chance));
    }
  }
  return observed.minus(expected).over(Fraction.one.minus(expected));
}
