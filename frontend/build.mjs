// Builds what the pages load into src/wenhou/web/static/built: one style, one script, the fonts in slices.
// Incremental: the fonts, which take most of the time, are made again only when what they are made from changed.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { buildFonts } from "./fonts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/wenhou/web/static/built");

function put(name, content) {
  const [stem, ending] = name.split(/\.(?=[a-z0-9]+$)/);
  const stamped = `${stem}.${createHash("sha256").update(content).digest("hex").slice(0, 10)}.${ending}`;
  writeFileSync(join(out, stamped), content);
  writeFileSync(join(out, `${stamped}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(
    join(out, `${stamped}.br`),
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  );
  return stamped;
}

async function bundle(entry) {
  const result = await build({
    absWorkingDir: here, entryPoints: [entry], bundle: true, minify: true, write: false, charset: "utf8",
    target: ["chrome100", "firefox100", "safari15"], legalComments: "none", logLevel: "warning",
    outdir: "unused", external: ["data:*"],
  });
  return Buffer.from(result.outputFiles[0].contents);
}

mkdirSync(join(out, "fonts"), { recursive: true });
const fonts = await buildFonts(join(here, "node_modules"), join(here, "fonts"), join(out, "fonts"));
const names = {
  "wenhou.css": put("wenhou.css", await bundle("style/wenhou.css")),
  "fonts.css": put("fonts.css", Buffer.from(fonts.css)),
  "wenhou.js": put("wenhou.js", await bundle("script/wenhou.js")),
  preload: fonts.preload,
};
const kept = new Set(Object.values(names).flat().flatMap((name) => [name, `${name}.gz`, `${name}.br`]));
for (const old of readdirSync(out)) if (!kept.has(old) && old !== "fonts") rmSync(join(out, old));
writeFileSync(join(out, "manifest.json"), JSON.stringify(names, null, 1));
console.log(`built ${Object.keys(names).join(", ")}; ${fonts.note}`);
