/** The shape of rule-sets (`checklists/regulators/*.yaml`, `checklists/law-65-15/rules.yaml`), as far as results go. */
import type { Mode } from "./fraction";

export type Scalar = string | number | boolean | null;
export type Given = Readonly<Record<string, unknown>>;

export interface ScaleData {
  code: string;
  values: (string | number | boolean)[];
  aliases?: Record<string, string | number | boolean>;
  not_applicable?: string[];
}

export interface InputData {
  code: string;
  kind: "grade" | "number" | "flag" | "option" | "matrix";
  many?: boolean;
  optional?: boolean;
  scale?: string;
  minimum?: string;
  maximum?: string;
  values?: string[];
  aliases?: Record<string, string>;
  default?: unknown;
}

export type Relation = "at_least" | "at_most" | "above" | "below" | "is";
export type BoundData = Partial<Record<Relation, Scalar>>;
export interface SubsetData extends BoundData {
  of: string | string[];
  among?: string[];
  where?: Record<string, string>;
}
export interface ConditionData {
  fact?: string;
  all?: ConditionData[];
  any?: ConditionData[];
  every?: SubsetData;
  some?: SubsetData & { count?: number };
  share?: SubsetData & { reaches: string };
  value?: BoundData & { of: string; group?: string };
  greater?: { of: string; than: string };
}

export interface RoundingData {
  digits: number;
  mode?: Mode;
  mode_from?: string;
}
export interface LimitData {
  code: string;
  at_most?: Scalar;
  at_least?: Scalar;
  when: ConditionData;
}

export interface NodeData {
  code: string;
  family: string;
  of?: string | string[];
  scale?: string;
  weights?: Record<string, string> | string;
  by?: string;
  percent_of?: string;
  rounding?: RoundingData;
  from?: Record<string, string>;
  steps?: { gives: Scalar; when: ConditionData }[];
  otherwise?: Scalar;
  caps?: LimitData[];
  floors?: LimitData[];
  moves?: { by: number; when: ConditionData }[];
  rows?: string;
  columns?: string;
  cells?: Record<string, Record<string, Scalar>>;
  gives?: Record<string, Scalar>;
  choice?: string;
}

export interface ProgramData {
  code: string;
  inputs: InputData[];
  nodes: NodeData[];
  answer: string[];
  vectors?: { framework: string; bare?: string; places?: string[]; version?: string };
}

export interface BookData {
  code: string;
  version: string;
  scales: ScaleData[];
  programs: ProgramData[];
}

/** The rule-set of a checklist (`RuleSet.as_data` on the server). */
export interface ChecklistRules {
  code: string;
  version: string;
  scale: { minimum: number; maximum: number; failing_below: number };
  score: { rounding: { digits: number; mode: Mode }; domain_weights: Record<string, number> };
  levels: { code: string; from: string; validity_months: number }[];
  gates: {
    code: string;
    caps_at: string;
    when: {
      answers?: { class?: string; domain?: string; codes?: string[]; level_at_most: number; count?: number };
      domain?: { code: string; below: string };
      any_domain?: { below: string };
      fact?: string;
    };
    text: Record<string, string>;
  }[];
}
