// The little script the pages need. Without it every page still works: forms post, links lead.
import htmx from "htmx.org/dist/htmx.esm.js";
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startTicks } from "./ticks.js";

htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
window.htmx = htmx;

const start = () => {
  document.documentElement.classList.add("js");
  startTicks();
  startForms();
  startKeys();
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
