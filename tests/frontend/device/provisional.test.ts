// @vitest-environment node
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { ChecklistRules } from "../../../inspect_app/frontend/scoring/types";
import { Provisional } from "../../../inspect_app/frontend/tablet/device/provisional";
import type { Answers } from "../../../inspect_app/frontend/tablet/progress";
import type { Pack, Score } from "../../../inspect_app/frontend/tablet/types";

interface Golden {
  rules: ChecklistRules;
  checklists: Record<string, Pack["checklist"]>;
  visits: { category: string; flags: string[]; answers: Answers; score: Score }[];
}

test("what the tablet shows without a network is what the server says of the same answers, limits and reasons included", () => {
  const folder = mkdtempSync(join(tmpdir(), "scores-"));
  try {
    const file = join(folder, "scores.json");
    execFileSync(".venv/bin/python", ["tests/frontend/device/make_scores.py", file]);
    const { rules, checklists, visits } = JSON.parse(readFileSync(file, "utf-8")) as Golden;
    const levels = new Set<string | null>();
    for (const { category, flags, answers, score } of visits) {
      const pack = { checklist: checklists[category], facts: { flags } } as unknown as Pack;
      expect(new Provisional(pack, rules).score(answers)).toEqual(score);
      levels.add(score.level);
    }
    expect(levels.size).toBeGreaterThan(3); // the cases are not all alike
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
