// Ticks in a list open the bulk bar; it closes with the last tick.
const boxes = () => [...document.querySelectorAll("input[data-tick]")];

export function showTicked() {
  const bar = document.querySelector(".bulk");
  if (!bar) return;
  const ticked = boxes().filter((box) => box.checked);
  for (const box of boxes()) box.closest("tr").classList.toggle("is-on", box.checked);
  bar.hidden = ticked.length === 0;
  bar.querySelector("[data-ticked]").textContent = String(ticked.length);
  const all = document.querySelector("input[data-tick-all]");
  if (!all) return;
  all.checked = ticked.length > 0 && ticked.length === boxes().length;
  all.indeterminate = ticked.length > 0 && !all.checked;
}

export function startTicks() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-tick-all]")) for (const box of boxes()) box.checked = event.target.checked;
    if (event.target.matches("input[data-tick], input[data-tick-all]")) showTicked();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-untick]")) return;
    for (const box of boxes()) box.checked = false;
    showTicked();
  });
  document.addEventListener("htmx:afterSettle", showTicked);
  window.addEventListener("pageshow", showTicked);
  showTicked();
}
