/** A rule-set as a program, worked through on this device. The server's engine gives the same, to the last digit. */
import { plain, Rounded } from "./fraction";
import { Ledger, type Outcome } from "./ledger";
import * as judged from "./judged";
import * as reckoned from "./reckoned";
import type { BookData, Given, NodeData, ProgramData, Scalar, ScaleData } from "./types";
import { Grade, InputError, missing, read, Scale } from "./values";

export interface Result {
  scored: boolean;
  answer: Scalar[];
  outcomes: Outcome[];
}

export class Program {
  private readonly scales: ReadonlyMap<string, Scale>;

  constructor(
    readonly data: ProgramData,
    scales: ScaleData[],
  ) {
    this.scales = new Map(scales.map((scale) => [scale.code, new Scale(scale)]));
  }

  /** The result for the inputs by name. Throws InputError for an input that is unknown or cannot be read. */
  work(given: Given): Result {
    const known = new Set(this.data.inputs.map((asked) => asked.code));
    for (const name of Object.keys(given)) if (!known.has(name)) throw new InputError(name, "no such input");
    const inputs = new Map(this.data.inputs.map((asked) => [asked.code, read(asked, this.scales, given[asked.code])]));
    const lacks = (many: boolean) =>
      this.data.inputs
        .filter((asked) => (asked.many ?? false) === many && !(many && asked.optional))
        .map((asked) => missing(asked, inputs.get(asked.code) ?? null));
    const collections = lacks(true);
    if ((collections.length && collections.every(Boolean)) || lacks(false).some(Boolean)) {
      return { scored: false, answer: this.data.answer.map(() => null), outcomes: [] };
    }
    const ledger = new Ledger(inputs);
    for (const node of this.data.nodes) ledger.outcomes.set(node.code, this.node(node, ledger));
    const answer = this.data.answer.map((code) => shown(ledger.outcomes.get(code)));
    return { scored: true, answer, outcomes: [...ledger.outcomes.values()] };
  }

  private node(node: NodeData, known: Ledger): Outcome {
    const scale = () => {
      const found = this.scales.get(node.scale ?? "");
      if (!found) throw new InputError(node.code, "a scale");
      return found;
    };
    switch (node.family) {
      case "mean":
        return reckoned.mean(node, known);
      case "rounding":
        return reckoned.step(node, scale(), known);
      case "agreement":
        return reckoned.agreement(node, known);
      case "minimum":
        return judged.minimum(node, known);
      case "bands":
        return judged.bands(node, scale(), known);
      case "ladder":
        return judged.ladder(node, scale(), known);
      case "limits":
        return judged.limits(node, scale(), known);
      case "steps":
        return judged.moves(node, scale(), known);
      case "matrix":
        return judged.cells(node, scale(), known);
      case "lookup":
        return judged.lookup(node, known);
      case "judgement":
        return judged.judgement(node, scale(), known);
      default:
        throw new InputError(node.code, `no family «${node.family}»`);
    }
  }
}

/** A result as JSON: the step as written, a number as a decimal, true or false, or null. */
export function shown(outcome: Outcome | undefined): Scalar {
  const value = outcome?.value ?? null;
  if (value instanceof Grade) return value.value;
  return value instanceof Rounded ? value.toString() : value;
}

/** What is compared with the server's engine, node by node. */
export function figures(outcome: Outcome): Record<string, unknown> {
  return {
    code: outcome.code,
    value: shown(outcome),
    binding: outcome.binding,
    ...(outcome.exact && { exact: plain(outcome.exact) }),
    ...(outcome.groups && {
      groups: outcome.groups.map((group) => ({
        code: group.code,
        exact: group.exact && plain(group.exact),
        value: group.rounded && group.rounded.toString(),
      })),
    }),
    ...(outcome.admissible && { admissible: outcome.admissible }),
  };
}

/** The program of a rule-set file. Throws InputError for a code that it does not have. */
export function programOf(book: BookData, code: string): Program {
  const data = book.programs.find((program) => program.code === code);
  if (!data) throw new InputError(code, "no such program");
  return new Program(data, book.scales);
}
