// j and k walk the list, x ticks, Enter opens, / searches, ? lists the keys, Escape closes.
import { showTicked } from "./ticks.js";

let at = -1;
const rows = () => [...document.querySelectorAll("tr[data-row]")];

function walk(step) {
  const all = rows();
  if (!all.length) return;
  all[at]?.classList.remove("is-at");
  at = Math.min(all.length - 1, Math.max(0, at + step));
  all[at].classList.add("is-at");
  all[at].querySelector("a")?.focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
}

function tick() {
  const box = rows()[at]?.querySelector("input[data-tick]");
  if (!box) return;
  box.checked = !box.checked;
  showTicked();
}

const go = (key) => document.querySelector(`a[data-go="${key}"]`)?.click();

// On a page of candidates a number picks an answer, of the one at hand or else of the first, and asks for the reason.
function pick(key) {
  const all = [...document.querySelectorAll("[data-candidate]")].filter((one) => one.querySelector(`[data-key="${key}"]`));
  const at = all.find((one) => one.contains(document.activeElement)) ?? all[0];
  const answer = at?.querySelector(`[data-key="${key}"]`);
  if (!answer) return;
  answer.checked = true;
  answer.dispatchEvent(new Event("input", { bubbles: true }));
  at.querySelector("[data-least]")?.focus();
}

const keys = {
  j: () => (rows().length ? walk(1) : go("j")),
  k: () => (rows().length ? walk(-1) : go("k")),
  1: () => pick("1"),
  2: () => pick("2"),
  x: tick,
  "/": () => document.querySelector("#find")?.focus(),
  "?": () => document.querySelector("dialog#keys")?.showModal(),
};

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) document.querySelector("dialog#keys")?.showModal();
  });
}
