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

/** Words of the trade whose other forms are spelt from other letters, folded; endings and the article are cut off below. */
const FAMILIES = [
  "ماء مياه", "مرحاض مراحيض", "حمام حمامات", "دواء ادويه", "طفل اطفال", "تلميذ تلاميذ", "سرير اسره", "غرفه غرف", "مطبخ مطابخ", "حريق حرايق",
  "مطفاه مطافي", "سجل سجلات", "وثيقه وثايق", "شكايه شكاوي شكايات", "اطار اطر", "لجنه لجان", "باب ابواب", "مخرج مخارج", "غذاء اغذيه تغذيه",
  "وجبه وجبات", "مرض امراض", "امراه نساء", "مسن مسنون مسنين", "شخص اشخاص", "عامل عمال عاملون عاملين", "خطر اخطار مخاطر", "حق حقوق", "سقف اسقف",
  "travail travaux", "local locaux", "registre registres", "feu incendie",
].map((family) => family.split(" "));

/** The forms of one folded word, any of which is looked for: without the Arabic article, without the French plural. */
function forms(word: string): string[] {
  const bare = word.replace(/^(?:[وف]?[بكل]?ال|[وف]?لل)(?=[ء-ي]{3})/u, "");
  const family = FAMILIES.find((members) => members.includes(bare));
  if (family) return family;
  return [bare.length > 3 && /^[a-z]+[sx]$/.test(bare) ? bare.slice(0, -1) : bare];
}

export function found(hay: string, query: string): boolean {
  return fold(query).split(" ").every((word) => forms(word).some((form) => hay.includes(form)));
}
