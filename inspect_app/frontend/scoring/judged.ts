/** The families that judge: the lowest, bands, ladders, limits, steps, matrices, lookups, bounded human judgement. */
import { judge, type Verdict } from "./conditions";
import { Fraction } from "./fraction";
import type { Ledger, Outcome } from "./ledger";
import { names } from "./reckoned";
import type { LimitData, NodeData } from "./types";
import { Grade, type Scale, token } from "./values";

const nothing = (node: NodeData): Outcome => ({ code: node.code, value: null, binding: [] });

export function minimum(node: NodeData, known: Ledger): Outcome {
  const grades: [string, Grade][] = [];
  for (const name of names(node.of)) {
    const value = known.value(name);
    if (known.isCollection(name)) {
      for (const atom of known.atoms(name)) {
        if (atom.value instanceof Grade) grades.push([known.reference(name, atom.key), atom.value]);
      }
    } else if (value instanceof Grade) grades.push([name, value]);
  }
  const lowest = grades.reduce<Grade | null>((low, [, g]) => (!low || g.rank < low.rank ? g : low), null);
  if (!lowest) return nothing(node);
  const binding = grades.filter(([, grade]) => grade.rank === lowest.rank).map(([ref]) => ref);
  return { code: node.code, value: lowest, binding };
}

export function bands(node: NodeData, scale: Scale, known: Ledger): Outcome {
  const of = names(node.of)[0] ?? "";
  const number = known.value(of);
  if (!(number instanceof Fraction)) return nothing(node);
  let rank = 0;
  scale.data.values.forEach((value, place) => {
    const bound = node.from?.[token(value)];
    if (bound === undefined || number.compare(Fraction.of(bound) ?? Fraction.zero) >= 0) rank = place;
  });
  return { code: node.code, value: new Grade(scale, rank), binding: [of] };
}

export function ladder(node: NodeData, scale: Scale, known: Ledger): Outcome {
  const verdicts: [number, Verdict][] = [];
  let rank = scale.rank(node.otherwise);
  let binding: string[] = [];
  for (const step of node.steps ?? []) {
    const verdict = judge(step.when, known);
    verdicts.push([scale.rank(step.gives), verdict]);
    if (verdict.holds) {
      rank = scale.rank(step.gives);
      binding = verdict.because;
      break;
    }
  }
  const higher = verdicts.filter(([gives, verdict]) => gives > rank && !verdict.holds);
  const next = higher.reduce<[number, Verdict] | null>((low, one) => (!low || one[0] < low[0] ? one : low), null);
  if (next && !binding.length) binding = next[1].because;
  return { code: node.code, value: new Grade(scale, rank), binding };
}

export function limits(node: NodeData, scale: Scale, known: Ledger): Outcome {
  const of = names(node.of)[0] ?? "";
  const before = known.value(of);
  if (!(before instanceof Grade)) return nothing(node);
  let { rank } = before;
  let bit: string[] = [];
  for (const floor of node.floors ?? []) {
    const least = scale.rank(floor.at_least);
    if (rank < least && judge(floor.when, known).holds) [rank, bit] = [least, [floor.code]];
  }
  for (const cap of node.caps ?? []) {
    if (!judge(cap.when, known).holds) continue;
    const most = scale.rank(cap.at_most);
    if (most < rank) [rank, bit] = [most, [cap.code]];
    else if (bit.length && most === rank) bit.push(cap.code);
  }
  return { code: node.code, value: new Grade(scale, rank), binding: bit.length ? bit : [of] };
}

export function moves(node: NodeData, scale: Scale, known: Ledger): Outcome {
  const of = names(node.of)[0] ?? "";
  const start = known.value(of);
  if (!(start instanceof Grade)) return nothing(node);
  let { rank } = start;
  const because: string[] = [];
  for (const move of node.moves ?? []) {
    const verdict = judge(move.when, known);
    if (!verdict.holds) continue;
    rank = Math.min(Math.max(rank + move.by, 0), scale.size - 1);
    because.push(...verdict.because);
  }
  return { code: node.code, value: new Grade(scale, rank), binding: [...new Set([of, ...because])] };
}

export function cells(node: NodeData, scale: Scale, known: Ledger): Outcome {
  const [rows, columns] = [node.rows ?? "", node.columns ?? ""];
  const [row, column] = [known.value(rows), known.value(columns)];
  if (!(row instanceof Grade)) return nothing(node);
  const inRow = node.cells?.[token(row.value)] ?? {};
  if (column instanceof Grade) {
    const rank = scale.rank(inRow[token(column.value)]);
    return { code: node.code, value: new Grade(scale, rank), binding: [rows, columns] };
  }
  const ranks = new Set(Object.values(inRow).map((value) => scale.rank(value)));
  const [only] = ranks;
  if (ranks.size !== 1 || only === undefined) return nothing(node);
  return { code: node.code, value: new Grade(scale, only), binding: [rows] };
}

export function lookup(node: NodeData, known: Ledger): Outcome {
  const of = names(node.of)[0] ?? "";
  const value = known.value(of);
  if (value === null) return nothing(node);
  const step = value instanceof Grade ? token(value.value) : token(value);
  return { code: node.code, value: node.gives?.[step] ?? null, binding: [of] };
}

export function judgement(node: NodeData, scale: Scale, known: Ledger): Outcome {
  const biting = (limits: LimitData[] | undefined) => (limits ?? []).filter((x) => judge(x.when, known).holds);
  const [caps, floors] = [biting(node.caps), biting(node.floors)];
  const top = Math.min(scale.size - 1, ...caps.map((cap) => scale.rank(cap.at_most)));
  const bottom = Math.min(top, Math.max(0, ...floors.map((floor) => scale.rank(floor.at_least))));
  const admissible = scale.data.values.slice(bottom, top + 1);
  const choice = known.value(node.choice ?? "");
  if (!(choice instanceof Grade)) return { ...nothing(node), admissible };
  const rank = Math.min(Math.max(choice.rank, bottom), top);
  const held = [...caps, ...floors].filter((x) => scale.rank(x.at_most ?? x.at_least) === rank).map((x) => x.code);
  const binding = rank === choice.rank ? [node.choice ?? ""] : held;
  return { code: node.code, value: new Grade(scale, rank), binding, admissible };
}
