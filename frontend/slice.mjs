// A worker that cuts one slice of a face after another.
import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import subsetFont from "subset-font";

const faces = new Map();
parentPort.on("message", async ({ path, codes, name }) => {
  if (!faces.has(path)) faces.set(path, readFileSync(path));
  const bytes = await subsetFont(faces.get(path), String.fromCodePoint(...codes), { targetFormat: "woff2", noLayoutClosure: true });
  parentPort.postMessage({ name, bytes });
});
