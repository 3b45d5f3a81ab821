/** The score on the device: the exact engine with the visit's own rules, in the shape in which the server tells it. */
import { type CriterionInput, inputsOf, programOfChecklist } from "../../scoring/checklist-form";
import type { ChecklistRules } from "../../scoring/types";
import { shown, type Program } from "../../scoring/program";
import { isAnswered } from "../progress";
import type { Answers } from "../progress";
import type { Gate, Pack, Score } from "../types";

export class Provisional {
  private readonly criteria: (CriterionInput & { weight: number })[];
  private readonly program: Program;

  constructor(
    private readonly pack: Pack,
    private readonly rules: ChecklistRules,
  ) {
    this.program = programOfChecklist(rules);
    this.criteria = pack.checklist.domains.flatMap((domain) =>
      domain.standards.flatMap((standard) =>
        standard.criteria.map((criterion) => ({
          code: criterion.code,
          domain: domain.code,
          standard: standard.code,
          class: criterion.class,
          weight: criterion.weight ?? 1,
        })),
      ),
    );
  }

  score(answers: Answers): Score {
    const given: Record<string, { level: number | null; not_applicable: boolean }> = {};
    for (const { code } of this.criteria) {
      const answer = answers[code];
      if (answer && isAnswered(answer)) given[code] = { level: answer.level, not_applicable: answer.not_applicable };
    }
    const { outcomes } = this.program.work(inputsOf(this.rules, this.criteria, given, this.pack.facts?.flags ?? []));
    const outcome = (code: string) => outcomes.find((one) => one.code === code);
    const text = (code: string): string | null => {
      const value = shown(outcome(code));
      return value === null ? null : String(value);
    };
    const level = text("level");
    const failing = (code: string): boolean => (given[code]?.level ?? Infinity) < this.rules.scale.failing_below;
    const domains = this.pack.checklist.domains.map((domain) => {
      const mine = this.criteria.filter((criterion) => criterion.domain === domain.code);
      const score = outcome("domains")?.groups?.find((group) => group.code === domain.code)?.rounded?.toString() ?? null;
      return { code: domain.code, score, answered: mine.filter(({ code }) => given[code]?.level != null).length, applicable: mine.length };
    });
    const all = Object.values(given);
    return {
      level,
      score: text("score"),
      complete: all.length === this.criteria.length,
      counts: {
        applicable: this.criteria.length,
        answered: all.filter((answer) => answer.level !== null).length,
        not_applicable: all.filter((answer) => answer.not_applicable).length,
        failing: this.criteria.filter(({ code }) => failing(code)).length,
      },
      domains,
      gates: this.gates(given, level, text("by-score"), domains),
    };
  }

  /** The limits that hold below the level by the score, and what makes them hold. */
  private gates(given: Record<string, { level: number | null }>, level: string | null, byScore: string | null, domains: Score["domains"]): Gate[] {
    if (level === null || byScore === null) return [];
    const rank = (code: string): number => this.rules.levels.findIndex((one) => one.code === code);
    return this.rules.gates.flatMap((gate) => {
      if (rank(gate.caps_at) >= rank(byScore)) return [];
      const { when } = gate;
      let criteria: string[] | null = null;
      if (when.fact !== undefined) criteria = (this.pack.facts?.flags ?? []).includes(when.fact) ? [] : null;
      else if (when.domain ?? when.any_domain) {
        const below = Number((when.domain ?? when.any_domain)?.below);
        const low = domains.filter((one) => (!when.domain || one.code === when.domain.code) && one.score !== null && Number(one.score) < below);
        criteria = low.length > 0 ? low.map((one) => one.code) : null;
      } else if (when.answers) {
        const { class: kind, domain, codes, level_at_most, count } = when.answers;
        const found = this.criteria.filter(
          (one) =>
            (!kind || one.class === kind) &&
            (!domain || one.domain === domain) &&
            (!codes || codes.includes(one.code)) &&
            (given[one.code]?.level ?? Infinity) <= level_at_most,
        );
        criteria = found.length >= (count ?? 1) ? found.map((one) => one.code) : null;
      }
      return criteria === null
        ? []
        : [{ code: gate.code, caps_at: gate.caps_at, criteria, explanation: gate.text, binding: gate.caps_at === level }];
    });
  }
}
