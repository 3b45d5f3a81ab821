/** Pictures of the tablet's icon, drawn from our mark; and its service worker, which knows every file of the shell. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { build, type Plugin } from "vite";

const ICONS = [
  { name: "180", size: 180, room: 0.16 },
  { name: "192", size: 192, room: 0.08 },
  { name: "512", size: 512, room: 0.08 },
  { name: "maskable-512", size: 512, room: 0.22 },
];
const PAPER = "#fbfbf9";
/** Files whose styles and scripts the shell names. */
const STYLES = ["main.ts", "tablet.ts", "shell.ts"];

interface Entry {
  file: string;
  css?: string[];
  assets?: string[];
  imports?: string[];
  dynamicImports?: string[];
}

function drawn(mark: string, size: number, room: number): Uint8Array {
  const inside = mark.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  const scale = (size * (1 - 2 * room)) / 32;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="100%" height="100%" fill="${PAPER}"/><g transform="translate(${size * room} ${size * room}) scale(${scale})">${inside}</g></svg>`;
  return new Resvg(svg).render().asPng();
}

/** Everything that the shell needs, and nothing of other pages. */
function needed(manifest: Record<string, Entry>): string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const entry = manifest[key];
    if (!entry || seen.has(key)) return;
    seen.add(key);
    files.add(entry.file);
    for (const other of [...(entry.imports ?? []), ...(entry.dynamicImports ?? [])]) visit(other);
  };
  visit("shell.ts");
  for (const key of STYLES) {
    for (const css of manifest[key]?.css ?? []) files.add(css).add(css.replace(/\.css$/, ".rtl.css"));
    for (const asset of manifest[key]?.assets ?? []) files.add(asset);
  }
  for (const key of ["icons.svg", "assets/mark.svg"]) if (manifest[key]) files.add(manifest[key].file);
  return [...files].sort();
}

export function tabletFiles(): Plugin {
  let root = "";
  let folder = "";
  return {
    name: "miyar-tablet-files",
    apply: "build",
    configResolved(config) {
      root = config.root;
      folder = resolve(config.root, config.build.outDir);
    },
    buildStart() {
      const mark = readFileSync(join(root, "assets/mark.svg"), "utf8");
      for (const { name, size, room } of ICONS) {
        const file = `tablet-${name}.png`;
        this.emitFile({ type: "asset", name: file, originalFileName: file, source: drawn(mark, size, room) });
      }
    },
    async closeBundle() {
      const manifest = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8")) as Record<string, Entry>;
      await build({
        configFile: false,
        root,
        logLevel: "warn",
        publicDir: false,
        define: { __FILES__: JSON.stringify(needed(manifest)), "process.env.NODE_ENV": '"production"' },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: "es2022",
          lib: { entry: join(root, "worker.ts"), formats: ["iife"], name: "miyarWorker", fileName: () => "tablet-worker.js" },
        },
      });
    },
  };
}
