import { expect, test } from "vitest";

import { criteriaOf, isChanged, nextUnanswered, passes, progressOf } from "../../inspect_app/frontend/tablet/progress";
import { fold, found, haystack } from "../../inspect_app/frontend/tablet/search";
import type { Content } from "../../inspect_app/frontend/tablet/types";
import { makePack } from "./fixture";

const pack = makePack();
const governance = pack.checklist.domains[0]!;
const content = (level: Content["level"], not_applicable = false): Content => ({ level, not_applicable, na_reason: "", note: "", measurements: {} });

test("a domain counts answers, failures and critical criteria; a note alone is no answer", () => {
  const criteria = criteriaOf(governance);
  const critical = criteria.find((c) => c.class === "critical")!;
  const others = criteria.filter((c) => c !== critical);
  const progress = progressOf(criteria, {
    [critical.code]: content(1),
    [others[0]!.code]: content(null, true),
    [others[1]!.code]: content(null),
  });
  expect(progress).toMatchObject({ applicable: criteria.length, answered: 2, failing: 1, criticalFailing: 1 });
});

test("the next unanswered comes after the one in hand, and begins again at the top", () => {
  const answers = { a: content(3), c: content(0) };
  expect(nextUnanswered(["a", "b", "c", "d"], answers, "b")).toBe("d");
  expect(nextUnanswered(["a", "b", "c", "d"], answers, "d")).toBe("b");
  expect(nextUnanswered(["a", "b"], { a: content(1), b: content(2) }, "a")).toBeNull();
  expect(nextUnanswered(["a", "b"], {}, null)).toBe("a");
});

test("changed since the last visit: only where both visits have an answer", () => {
  expect(isChanged("GOV-01", content(2), pack.previous)).toBe(true);
  expect(isChanged("GOV-01", content(1), pack.previous)).toBe(false);
  expect(isChanged("GOV-01", undefined, pack.previous)).toBe(false);
  expect(isChanged("GOV-02", content(1), pack.previous)).toBe(false);
  expect(isChanged("GOV-01", content(2), null)).toBe(false);
});

test("filters", () => {
  const criterion = criteriaOf(governance).find((c) => c.code === "GOV-01")!;
  const findings = { answers: { "GOV-01": content(0) }, previous: pack.previous, conflicts: {} };
  expect(passes("failing", criterion, findings)).toBe(true);
  expect(passes("unanswered", criterion, findings)).toBe(false);
  expect(passes("critical", criterion, findings)).toBe(true);
  expect(passes("disputed", criterion, findings)).toBe(false);
});

test("search forgives letter variants, accents and digits", () => {
  expect(fold("الأُسرة")).toBe(fold("الاسره"));
  expect(fold("Éducatif")).toBe("educatif");
  const criterion = criteriaOf(governance)[0]!;
  expect(found(haystack(criterion), "gov 01")).toBe(true);
  expect(found(haystack(criterion), "GOV-٠١")).toBe(true);
  expect(found(haystack(criterion), "zebra")).toBe(false);
});

test.each([
  ["مياه", "جودة الماء الصالح للشرب"],
  ["الماء", "خزان المياه"],
  ["للأطفال", "ملف كل طفل"],
  ["بالمراحيض", "مرحاض واحد"],
  ["حريق", "الوقاية من الحرائق"],
  ["travaux", "après le travail"],
  ["registres", "le registre d'entrée"],
])("whoever looks for %j finds «%s»", (query, text) => expect(found(fold(text), query)).toBe(true));

test("a word that is not there finds nothing", () => expect(found(fold("جودة الماء"), "مطبخ")).toBe(false));
