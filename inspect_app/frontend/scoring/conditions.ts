/** Conditions on inputs and results. Each says whether it holds, and what makes it so. */
import { Fraction } from "./fraction";
import type { Ledger } from "./ledger";
import type { BoundData, ConditionData, Relation, Scalar, SubsetData } from "./types";
import { Grade, keepsTo } from "./values";

export interface Verdict {
  holds: boolean;
  because: string[];
}

const RELATIONS: readonly Relation[] = ["at_least", "at_most", "above", "below", "is"];

function bound(data: BoundData): [Relation, Scalar] {
  const relation = RELATIONS.find((name) => name in data) ?? "is";
  return [relation, data[relation] ?? null];
}

function scored(subset: SubsetData, known: Ledger): [string, Grade | Fraction][] {
  const found: [string, Grade | Fraction][] = [];
  for (const name of Array.isArray(subset.of) ? subset.of : [subset.of]) {
    for (const atom of known.atoms(name)) {
      const meant =
        (!subset.among || subset.among.includes(atom.key)) &&
        Object.entries(subset.where ?? {}).every(([key, value]) => atom.attributes[key] === value);
      if (atom.value !== null && meant) found.push([known.reference(name, atom.key), atom.value]);
    }
  }
  return found;
}

function split(subset: SubsetData, known: Ledger): { keeping: string[]; failing: string[] } {
  const [relation, value] = bound(subset);
  const keeping: string[] = [];
  const failing: string[] = [];
  for (const [ref, atom] of scored(subset, known)) {
    (keepsTo(atom, relation, value, ref) ? keeping : failing).push(ref);
  }
  return { keeping, failing };
}

/** Whether a condition holds. */
export function judge(data: ConditionData, known: Ledger): Verdict {
  if (data.fact !== undefined) return { holds: known.value(data.fact) === true, because: [data.fact] };
  if (data.all) return together(data.all, known, (all) => all.every(Boolean));
  if (data.any) return together(data.any, known, (all) => all.some(Boolean));
  if (data.every) {
    const { failing } = split(data.every, known);
    return { holds: failing.length === 0, because: failing };
  }
  if (data.some) {
    const { keeping } = split(data.some, known);
    return { holds: keeping.length >= (data.some.count ?? 1), because: keeping };
  }
  if (data.share) {
    const { keeping, failing } = split(data.share, known);
    const total = keeping.length + failing.length;
    const least = Fraction.of(data.share.reaches) ?? Fraction.zero;
    const enough = !total || new Fraction(BigInt(100 * keeping.length), BigInt(total)).compare(least) >= 0;
    return { holds: enough, because: failing };
  }
  if (data.value) return single(data.value, known);
  return greater(data.greater ?? { of: "", than: "" }, known);
}

function single(data: BoundData & { of: string; group?: string }, known: Ledger): Verdict {
  const [relation, value] = bound(data);
  const groups = known.groups(data.of);
  if (groups) {
    const found = groups
      .filter((group) => data.group === undefined || group.code === data.group)
      .filter((group) => group.rounded && keepsTo(group.rounded.exact, relation, value, group.code))
      .map((group) => group.code);
    return { holds: found.length > 0, because: found };
  }
  const mine = known.value(data.of);
  if (mine === null || typeof mine === "boolean") return { holds: false, because: [] };
  return { holds: keepsTo(mine, relation, value, data.of), because: [data.of] };
}

function greater(data: { of: string; than: string }, known: Ledger): Verdict {
  const [one, other] = [known.value(data.of), known.value(data.than)];
  const because = [data.of, data.than];
  if (one instanceof Grade && other instanceof Grade) return { holds: one.rank > other.rank, because };
  if (one instanceof Fraction && other instanceof Fraction) return { holds: one.compare(other) > 0, because };
  return { holds: false, because: [] };
}

function together(parts: ConditionData[], known: Ledger, how: (all: boolean[]) => boolean): Verdict {
  const verdicts = parts.map((part) => judge(part, known));
  const holds = how(verdicts.map((verdict) => verdict.holds));
  const because = verdicts.filter((verdict) => verdict.holds === holds).flatMap((verdict) => verdict.because);
  return { holds, because: [...new Set(because)] };
}
