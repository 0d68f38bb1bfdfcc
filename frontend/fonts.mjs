// Cuts the full Noto faces into WOFF2 slices: what pages say most first, then the characters of GB 2312, then the rest,
// so that a rare character in somebody's name is drawn, and is loaded only where it is needed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

const FACES = [
  { family: "Noto Sans SC", weight: 400, file: "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", parts: ["core", "level1", "level2", "rest"] },
  { family: "Noto Sans SC", weight: 600, file: "noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf", parts: ["core", "level1", "level2"] },
  { family: "Noto Serif SC", weight: 400, file: "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", parts: ["core", "level1"] },
  { family: "Noto Serif SC", weight: 600, file: "noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf", parts: ["core", "level1", "level2"] },
];
// A bold name with a rare character borrows the regular slice rather than another family.
const BORROWED = { family: "Noto Sans SC", weight: 600, from: 400, part: "rest" };
const PRELOADED = new Set(["Noto Sans SC 400", "Noto Sans SC 600", "Noto Serif SC 600"]);
const SIZE = { core: Infinity, level1: 260, level2: 380, rest: 900 };
const BEYOND = [[0x2e80, 0x33ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xf900, 0xfaff], [0x20000, 0x2a6df], [0x2a700, 0x2ebef], [0x30000, 0x323af]];

function gb2312(first, last) {
  const decoder = new TextDecoder("gb18030");
  const found = [];
  for (let row = first; row <= last; row++)
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const code = decoder.decode(new Uint8Array([row, cell])).codePointAt(0);
      if (code >= 0x4e00 && code <= 0x9fff) found.push(code);
    }
  return found;
}

// The characters a TrueType file draws, from its format 12 table.
function drawn(file) {
  const u16 = (at) => file.readUInt16BE(at);
  const u32 = (at) => file.readUInt32BE(at);
  let cmap = 0;
  for (let i = 0; i < u16(4); i++) if (file.toString("latin1", 12 + i * 16, 16 + i * 16) === "cmap") cmap = u32(20 + i * 16);
  const codes = new Set();
  for (let i = 0; i < u16(cmap + 2); i++) {
    const table = cmap + u32(cmap + 8 + i * 8);
    if (u16(table) !== 12) continue;
    for (let g = 0; g < u32(table + 12); g++)
      for (let code = u32(table + 16 + g * 12); code <= u32(table + 20 + g * 12); code++) codes.add(code);
  }
  return codes;
}

function parts(core, codes) {
  const taken = new Set();
  const take = (wanted) => wanted.filter((code) => codes.has(code) && !taken.has(code) && taken.add(code));
  const plain = [...Array(0x7f - 0x20).keys()].map((n) => n + 0x20);
  const punctuation = [...Array(0x70).keys()].map((n) => 0x2000 + n);
  const wide = [...Array(0x40).keys()].map((n) => 0x3000 + n).concat([...Array(0xf0).keys()].map((n) => 0xff00 + n));
  const first = take([...plain, 0xa0, 0xa7, 0xb0, 0xb1, 0xb2, 0xb7, 0xd7, 0xf7, 0x2264, 0x2265, 0x2460, 0x25b2, ...punctuation, ...wide, ...core]);
  return {
    core: first, level1: take(gb2312(0xb0, 0xd7)), level2: take(gb2312(0xd8, 0xf7)),
    rest: take(BEYOND.flatMap(([from, to]) => [...Array(to - from + 1).keys()].map((n) => n + from))),
  };
}

function ranges(codes) {
  const sorted = [...codes].sort((a, b) => a - b);
  const spans = [];
  for (const code of sorted) {
    const last = spans.at(-1);
    if (last && last[1] + 1 === code) last[1] = code;
    else spans.push([code, code]);
  }
  const hex = (code) => code.toString(16);
  return spans.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(",");
}

function slices(face, cut) {
  return face.parts.flatMap((part) => {
    const codes = cut[part];
    const size = Math.min(SIZE[part], codes.length);
    const stem = `${face.family.replaceAll(" ", "").toLowerCase()}-${face.weight}-${part}`;
    return [...Array(Math.ceil(codes.length / size)).keys()].map((n) => ({
      ...face, part, codes: codes.slice(n * size, (n + 1) * size), name: `${stem}-${n}`,
    }));
  });
}

async function cutAll(jobs, out) {
  const made = new Map();
  const queue = [...jobs].sort((a, b) => b.codes.length - a.codes.length);
  const one = () =>
    new Promise((done, failed) => {
      const worker = new Worker(new URL("./slice.mjs", import.meta.url));
      const next = () => {
        const job = queue.shift();
        if (job) worker.postMessage(job);
        else worker.terminate().then(done);
      };
      worker.on("message", ({ name, bytes }) => {
        const stamped = `${name}.${createHash("sha256").update(bytes).digest("hex").slice(0, 10)}.woff2`;
        writeFileSync(join(out, stamped), bytes);
        made.set(name, stamped);
        next();
      });
      worker.on("error", failed);
      next();
    });
  await Promise.all([...Array(Math.min(4, Math.max(1, cpus().length))).keys()].map(one));
  return made;
}

const rule = (family, weight, name, codes) =>
  `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url(fonts/${name}) format("woff2");unicode-range:${ranges(codes)}}`;

export async function buildFonts(modules, words, out) {
  const started = Date.now();
  const root = join(modules, "@expo-google-fonts");
  const text = readFileSync(join(words, "core.txt"), "utf8");
  const own = ["fonts.mjs", "slice.mjs", "package-lock.json"].map((name) => readFileSync(new URL(`./${name}`, import.meta.url)));
  const mark = createHash("sha256").update(Buffer.concat(own)).update(text).digest("hex");
  const kept = join(out, "slices.json");
  if (existsSync(kept)) {
    const before = JSON.parse(readFileSync(kept, "utf8"));
    const there = new Set(readdirSync(out));
    if (before.mark === mark && before.files.every((name) => there.has(name))) return { ...before, note: "fonts unchanged" };
  }
  for (const old of readdirSync(out)) rmSync(join(out, old));
  const core = [...new Set([...text].map((sign) => sign.codePointAt(0)))].filter((code) => code >= 0x4e00);
  const jobs = FACES.map((face) => ({ ...face, path: join(root, face.file) })).flatMap((face) =>
    slices(face, parts(core, drawn(readFileSync(face.path)))),
  );
  const made = await cutAll(jobs, out);
  const rules = jobs.map((job) => rule(job.family, job.weight, made.get(job.name), job.codes));
  for (const job of jobs)
    if (job.family === BORROWED.family && job.weight === BORROWED.from && job.part === BORROWED.part)
      rules.push(rule(BORROWED.family, BORROWED.weight, made.get(job.name), job.codes));
  const result = {
    mark, css: rules.join("\n"), files: [...made.values()],
    preload: jobs.filter((job) => job.part === "core" && PRELOADED.has(`${job.family} ${job.weight}`)).map((job) => `fonts/${made.get(job.name)}`),
  };
  writeFileSync(kept, JSON.stringify(result));
  return { ...result, note: `${jobs.length} font slices in ${Math.round((Date.now() - started) / 1000)} s` };
}
