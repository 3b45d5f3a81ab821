/** What is answered, failing, critical, changed: counts and filters over criteria and answers. Pure. */
import type { Answer, Content, Criterion, Domain, Previous } from "./types";

/** Below this level a criterion is a finding (`failing_below` of the default rules). */
export const FAILING_BELOW = 2;
export const FILTERS = ["all", "unanswered", "critical", "failing", "changed", "disputed"] as const;
export type Filter = (typeof FILTERS)[number];
export type Answers = Readonly<Record<string, Content | undefined>>;
/** What a filter looks at. */
export interface Findings {
  answers: Answers;
  previous: Previous | null;
  conflicts: Readonly<Record<string, Answer[]>>;
}

export interface Progress {
  applicable: number;
  answered: number;
  failing: number;
  critical: number;
  criticalFailing: number;
}

export function isAnswered(answer: Content | undefined): boolean {
  return answer !== undefined && (answer.level !== null || answer.not_applicable);
}

export function isFailing(answer: Content | undefined): boolean {
  return answer !== undefined && answer.level !== null && answer.level < FAILING_BELOW;
}

/** Answered now and then, and not the same. */
export function isChanged(code: string, answer: Content | undefined, previous: Previous | null): boolean {
  const before = previous?.answers[code];
  if (!before || answer === undefined || !isAnswered(answer)) return false;
  return before.level !== answer.level || before.not_applicable !== answer.not_applicable;
}

export function criteriaOf(domain: Domain): Criterion[] {
  return domain.standards.flatMap((standard) => standard.criteria);
}

export function progressOf(criteria: readonly Criterion[], answers: Answers): Progress {
  const progress: Progress = { applicable: criteria.length, answered: 0, failing: 0, critical: 0, criticalFailing: 0 };
  for (const criterion of criteria) {
    const answer = answers[criterion.code];
    const failing = isFailing(answer);
    if (isAnswered(answer)) progress.answered += 1;
    if (failing) progress.failing += 1;
    if (criterion.class === "critical") {
      progress.critical += 1;
      if (failing) progress.criticalFailing += 1;
    }
  }
  return progress;
}

export function passes(filter: Filter, criterion: Criterion, findings: Findings): boolean {
  const answer = findings.answers[criterion.code];
  switch (filter) {
    case "all":
      return true;
    case "unanswered":
      return !isAnswered(answer);
    case "critical":
      return criterion.class === "critical";
    case "failing":
      return isFailing(answer);
    case "changed":
      return isChanged(criterion.code, answer, findings.previous);
    case "disputed":
      return (findings.conflicts[criterion.code] ?? []).length > 0;
  }
}

/** The first criterion without an answer after `code` in the order of the checklist, beginning again at the top. */
export function nextUnanswered(order: readonly string[], answers: Answers, after: string | null): string | null {
  const start = after === null ? -1 : order.indexOf(after);
  for (let step = 1; step <= order.length; step += 1) {
    const code = order[(start + step) % order.length] as string;
    if (!isAnswered(answers[code])) return code;
  }
  return null;
}
