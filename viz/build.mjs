// Bundles src/ into dist/: for each page one classic script, one style sheet, one template.
// The same sources and the pinned esbuild give the same bytes; a test compares them.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "dist");
mkdirSync(out, { recursive: true });
const common = { bundle: true, minify: true, charset: "utf8", legalComments: "none", absWorkingDir: here };
for (const [name, script] of [["explorer", "main"], ["pyvis", "pyvis"]]) {
  const page = script === "main" ? "page" : script;
  await build({ ...common, entryPoints: [`src/${script}.ts`], outfile: join(out, `${name}.js`), format: "iife", target: "es2022" });
  await build({ ...common, entryPoints: [`src/${page}.css`], outfile: join(out, `${name}.css`), target: "chrome100" });
  copyFileSync(join(here, `src/${page}.html`), join(out, `${name}.html`));
}
