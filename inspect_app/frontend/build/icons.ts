/** One file with the few icons that pages use, taken from bootstrap-icons; templates: `icon("name")`. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

import { ICONS } from "./icon-names";

const FOLDER = join(dirname(createRequire(import.meta.url).resolve("bootstrap-icons/package.json")), "icons");

function symbol(name: string, file: string): string {
  const svg = readFileSync(join(FOLDER, `${file}.svg`), "utf8");
  const box = /viewBox="([^"]+)"/.exec(svg)?.[1] ?? "0 0 16 16";
  const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${name}" viewBox="${box}">${inside.replace(/\s*\n\s*/g, "")}</symbol>`;
}

export function icons(): Plugin {
  return {
    name: "miyar-icons",
    apply: "build",
    buildStart() {
      const symbols = Object.entries(ICONS).map(([name, file]) => symbol(name, file));
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
    },
  };
}
