/** Search that forgives: one form of each Arabic letter, no vowel signs, no accents, western digits. */
import type { Criterion, Text } from "./types";

const VARIANTS: Record<string, string> = { أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ئ: "ي", ؤ: "و", ة: "ه", ک: "ك", ی: "ي", ـ: "" };

export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[أإآٱىئؤةکیـ]/g, (letter) => VARIANTS[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const all = (text: Text): string => Object.values(text).join(" ");

/** Everything by which a criterion may be looked for, folded once. */
export function haystack(criterion: Criterion): string {
  return fold([criterion.code, all(criterion.title), all(criterion.requirement)].join(" "));
}

export function found(hay: string, query: string): boolean {
  return fold(query).split(" ").every((word) => hay.includes(word));
}
