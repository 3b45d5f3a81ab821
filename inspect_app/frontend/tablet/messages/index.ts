/** The words of the page in its language, and texts of the checklist with the language in which they really stand. */
import { ar } from "./ar";
import { en } from "./en";
import { fr } from "./fr";
import type { Language, Text } from "../types";

export const language: Language = (["ar", "fr", "en"] as const).find((code) => code === document.documentElement.lang) ?? "ar";
export const say = { ar, fr, en }[language];
export const locale = { ar: "ar-MA", fr: "fr-MA", en: "en-GB" }[language];

/** The text in the reader's language or the nearest that exists (as the server does it: French, then Arabic). */
export function nearest(text: Text): { words: string; lang: Language } {
  for (const code of [language, "fr", "ar"] as const) {
    const words = text[code];
    if (words) return { words, lang: code };
  }
  return { words: "", lang: language };
}

export const plain = (text: Text): string => nearest(text).words;

// made once: making one takes a slow tablet longer than drawing a criterion
const twoDigits = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const long = new Intl.DateTimeFormat(locale, { dateStyle: "long" });

export function percent(score: string): string {
  return `${twoDigits.format(Number(score))}\u00a0%`;
}

export function longDate(iso: string): string {
  return long.format(new Date(`${iso.slice(0, 10)}T12:00:00`));
}
