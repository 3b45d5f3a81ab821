/** Numbers as people type them: any digits, Arabic or French decimal sign, spaces between thousands. */
const DIGITS = /[٠-٩۰-۹]/g;

/** Plain decimal text as the server keeps it ("12.5"); null where it is no number of 0 or more; "" for nothing. `whole`: what is counted. */
export function plainNumber(typed: string, whole = false): string | null {
  const text = typed
    .replace(DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[٫,]/g, ".")
    .replace(/[\s٬\u200e\u200f\u061c]/g, "");
  if (text === "") return "";
  return (whole ? /^\d{1,9}(\.0{1,6})?$/ : /^\d{1,9}(\.\d{1,6})?$/).test(text) ? text : null;
}
