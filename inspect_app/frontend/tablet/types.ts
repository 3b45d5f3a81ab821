/** Shapes of the API, as `schemas/inspections.py` describes them. */
import type { SheetRecord, SignatureRecord } from "./device/papers";

export type Language = "ar" | "fr" | "en";
export type Text = Partial<Record<Language, string>>;
export type Level = 0 | 1 | 2 | 3;

export interface Verification extends Text {
  method: "document" | "observation" | "interview";
}
export interface Parameter {
  code: string;
  label: Text;
  unit: Text;
  value: string | null;
  source: string | null;
}
export interface Measurement {
  code: string;
  label: Text;
  unit: Text;
  whole: boolean;
}
export interface SourceRef {
  source: string;
  line: string;
  status: string;
}
export interface Criterion {
  code: string;
  class: "critical" | "standard" | "developmental";
  title: Text;
  requirement: Text;
  verify: Verification[];
  levels: Record<string, Text>;
  sources: SourceRef[];
  na_allowed: boolean;
  weight?: number;
  parameters: Parameter[];
  measurements: Measurement[];
  note: Text | null;
}
export interface Standard {
  code: string;
  title: Text;
  criteria: Criterion[];
}
export interface Domain {
  code: string;
  title: Text;
  standards: Standard[];
}
export interface Content {
  level: Level | null;
  not_applicable: boolean;
  na_reason: string;
  note: string;
  measurements: Record<string, string>;
}
export interface Answer extends Content {
  op_id: string;
  author: string;
  answered_at: string;
}
export interface Operation extends Content {
  op_id: string;
  criterion: string;
  base_op_id: string | null;
  answered_at: string;
  /** Differing answers that stood beside the criterion when the person answered: this one is the choice. */
  settles?: string[];
}
export type ResultStatus = "accepted" | "already-here" | "superseded" | "conflict" | "refused";
export interface Result {
  op_id: string;
  status: ResultStatus;
  code?: string;
  errors?: Record<string, unknown>;
}
export interface Gate {
  code: string;
  caps_at: string;
  criteria: string[];
  explanation: Text;
  binding: boolean;
}
export interface Score {
  level: string | null;
  score: string | null;
  complete: boolean;
  counts: { applicable: number; answered: number; not_applicable: number; failing: number };
  domains: { code: string; score: string | null; answered: number; applicable: number }[];
  gates: Gate[];
}
/** A signature as the server keeps it. */
export interface SignedPaper extends SignatureRecord {}
/** A critical finding as the server keeps it: its sheet, when it came, and who was told by mail when. */
export interface ToldSheet extends SheetRecord {
  received_at: string;
  mailed: Record<string, string>;
}
export interface Photo {
  id: number;
  op_id: string;
  criterion: string;
  url: string;
  thumb_url: string;
  caption: string;
  /** of the bytes as they were sent */
  sha256?: string;
}
export interface Previous {
  reference: string;
  date: string;
  answers: Record<string, { level: Level | null; not_applicable: boolean; note: string }>;
}
export interface Pack {
  id: number;
  uid?: string;
  reference: string;
  state: string;
  editable: boolean;
  institution: { name: Text; category: string };
  planned_on?: string;
  facts?: { flags?: string[] };
  checklist: { title: Text; version: string; sha256: string; domains: Domain[] };
  answers: Record<string, Answer>;
  conflicts: Record<string, Answer[]>;
  photos: Record<string, Photo[]>;
  previous: Previous | null;
  signatures?: SignedPaper[];
  sheets?: ToldSheet[];
  /** whom to telephone of a critical finding while there is no line */
  office?: { name: string; email: string }[];
  score: Score;
}
export interface Applied {
  results: Result[];
  score: Score;
}
/** A source and its lines, for the titles beside a criterion. */
export type Sources = Record<string, { title: Text; url: string | null; lines: Record<string, { title: Text; confirm: boolean }> }>;
