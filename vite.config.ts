/** How the front end is built: three entries and the tablet's worker, each style sheet also from right to left, everything also compressed. */
import { defineConfig } from "vitest/config";

import { compressed } from "./inspect_app/frontend/build/compressed";
import { icons } from "./inspect_app/frontend/build/icons";
import { rightToLeft } from "./inspect_app/frontend/build/right-to-left";
import { tabletFiles } from "./inspect_app/frontend/build/tablet-files";

export default defineConfig({
  root: "inspect_app/frontend",
  base: "./",
  publicDir: false,
  plugins: [icons(), rightToLeft(), tabletFiles(), compressed()],
  css: {
    preprocessorOptions: {
      scss: {
        quietDeps: true,
        // Bootstrap 5 still speaks the older Sass; nothing of ours depends on it
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      },
    },
  },
  build: {
    outDir: "../static/build",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0, // nothing inline: the content security policy allows only ourselves
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        main: "inspect_app/frontend/main.ts",
        tablet: "inspect_app/frontend/tablet.ts",
        shell: "inspect_app/frontend/shell.ts",
      },
    },
  },
  test: {
    root: ".",
    include: ["tests/frontend/**/*.test.ts"],
    environment: "happy-dom",
  },
});
