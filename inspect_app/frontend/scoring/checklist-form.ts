/** The rule-set of a checklist as a program: standards, domains, score, level by the score, level. */
import { Fraction } from "./fraction";
import { Program, type Result } from "./program";
import type { ChecklistRules, ConditionData, Given, ProgramData, ScaleData } from "./types";
import { Atom, Grade, Scale } from "./values";

export interface CriterionInput {
  code: string;
  domain: string;
  standard: string;
  class: string;
  weight: number;
}
export interface AnswerInput {
  level: number | null;
  not_applicable: boolean;
}

const answers = (rules: ChecklistRules): ScaleData => ({
  code: "answers",
  values: Array.from({ length: rules.scale.maximum + 1 }, (_, level) => level),
});

export function programOfChecklist(rules: ChecklistRules): Program {
  const { rounding } = rules.score;
  const percent_of = String(rules.scale.maximum);
  const weights = Object.fromEntries(Object.entries(rules.score.domain_weights).map(([k, w]) => [k, String(w)]));
  const data: ProgramData = {
    code: rules.code,
    inputs: [
      { code: "criteria", kind: "grade", many: true, scale: "answers" },
      ...flags(rules).map((code) => ({ code, kind: "flag" as const })),
    ],
    nodes: [
      { code: "standards", family: "mean", of: "criteria", by: "standard", percent_of, rounding },
      { code: "domains", family: "mean", of: "criteria", by: "domain", percent_of, rounding },
      { code: "score", family: "mean", of: "domains", weights, rounding },
      {
        code: "by-score",
        family: "bands",
        of: "score",
        scale: "levels",
        from: Object.fromEntries(rules.levels.slice(1).map((level) => [level.code, level.from])),
      },
      {
        code: "level",
        family: "limits",
        of: "by-score",
        scale: "levels",
        caps: rules.gates.map((gate) => ({ code: gate.code, at_most: gate.caps_at, when: condition(gate.when) })),
      },
    ],
    answer: ["score", "level"],
  };
  return new Program(data, [answers(rules), { code: "levels", values: rules.levels.map((level) => level.code) }]);
}

function flags(rules: ChecklistRules): string[] {
  return [...new Set(rules.gates.flatMap((gate) => gate.when.fact ?? []))].sort();
}

function condition(when: ChecklistRules["gates"][number]["when"]): ConditionData {
  if (when.fact !== undefined) return { fact: when.fact };
  if (when.domain) return { value: { of: "domains", group: when.domain.code, below: when.domain.below } };
  if (when.any_domain) return { value: { of: "domains", below: when.any_domain.below } };
  const { class: kind, domain, codes, level_at_most, count } = when.answers ?? { level_at_most: 0 };
  return {
    some: {
      of: "criteria",
      at_most: level_at_most,
      count: count ?? 1,
      ...(codes && { among: codes }),
      where: { ...(kind && { class: kind }), ...(domain && { domain }) },
    },
  };
}

/** What the program is given: the criteria that apply, answered or not, and the facts that limit. */
export function inputsOf(
  rules: ChecklistRules,
  criteria: CriterionInput[],
  given: Readonly<Record<string, AnswerInput>>,
  facts: readonly string[],
): Given {
  const scale = new Scale(answers(rules));
  const atoms = criteria.map(({ code, domain, standard, class: kind, weight }) => {
    const answer = given[code];
    const level = answer && !answer.not_applicable ? answer.level : null;
    const value = level === null ? null : new Grade(scale, scale.rank(level, code));
    return [code, new Atom(code, value, new Fraction(BigInt(weight)), { domain, standard, class: kind })] as const;
  });
  return {
    criteria: Object.fromEntries(atoms),
    ...Object.fromEntries(flags(rules).map((flag) => [flag, facts.includes(flag)])),
  };
}

/** Score and level of a visit as its answers stand, with every figure on the way. */
export function scoreOf(
  rules: ChecklistRules,
  criteria: CriterionInput[],
  given: Readonly<Record<string, AnswerInput>>,
  facts: readonly string[],
): Result {
  return programOfChecklist(rules).work(inputsOf(rules, criteria, given, facts));
}
