/** The words of the end of a visit in the language of the page, and how long ago something was. */
import { language, locale } from "../../messages/index";
import { ar } from "./ar";
import { en } from "./en";
import { fr } from "./fr";

export const words = { ar, fr, en }[language];

const MINUTE = 60_000;

/** «3 hours ago». A device's clock that was turned back gives «now». */
export function ago(iso: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(iso)) / MINUTE));
  const [count, unit] = minutes < 60 ? [minutes, "minute" as const] : minutes < 48 * 60 ? [Math.floor(minutes / 60), "hour" as const] : [Math.floor(minutes / 1440), "day" as const];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-count, unit);
}

export function when(iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}
