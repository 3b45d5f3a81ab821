/** The tablet's words in the language of its page, and how sizes and times are written. */
import { language, locale } from "../../messages/index";
import { ar } from "./ar";
import { en } from "./en";
import { fr } from "./fr";

export const tell = { ar, fr, en }[language];

/** As each language writes it. */
export const colon = language === "fr" ? "\u00a0:" : ":";

export function size(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const digits = step < 2 ? 0 : 1;
  return new Intl.NumberFormat(locale, { style: "unit", unit: units[step] as string, unitDisplay: "short", maximumFractionDigits: digits }).format(
    bytes / 1000 ** step,
  );
}

// made once: they are asked at every tap
const dayAndHour = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const hour = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const longDay = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

export function time(at: number): string {
  return dayAndHour.format(new Date(at));
}

/** The hour of today, or day and hour. */
export function moment(at: number): string {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return today ? hour.format(new Date(at)) : time(at);
}

export function day(at: number): string {
  return longDay.format(new Date(at));
}

/** «two hours ago», in the largest unit that fits. */
export function ago(at: number, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - at) / 60_000));
  if (minutes < 60) return relative.format(-minutes, "minute");
  return minutes < 48 * 60 ? relative.format(-Math.floor(minutes / 60), "hour") : relative.format(-Math.floor(minutes / 1440), "day");
}
