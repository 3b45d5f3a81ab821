/** Beside each style sheet `x.css` a `x.rtl.css`; `built(…, "css")` picks one by the direction of the page. */
import rtlcss from "rtlcss";
import type { Plugin } from "vite";

export function rightToLeft(): Plugin {
  return {
    name: "miyar-right-to-left",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".css") || file.fileName.endsWith(".rtl.css")) continue;
          const source = typeof file.source === "string" ? file.source : new TextDecoder().decode(file.source);
          this.emitFile({
            type: "asset",
            fileName: file.fileName.replace(/\.css$/, ".rtl.css"),
            source: rtlcss.process(source),
          });
        }
      },
    },
  };
}
