// A form says while it is being filled what is still missing, and opens its button when nothing is.
const need = (area) => Number(area.dataset.least) - [...area.value.trim()].length;

function judge(form) {
  const reasons = [];
  for (const area of form.querySelectorAll("[data-least]")) {
    const short = need(area);
    const why = form.querySelector(`#${area.getAttribute("aria-describedby")}`);
    const begun = area.value.trim().length > 0;
    why.hidden = short <= 0 || !begun;
    why.textContent = `还差${short}个字。${area.dataset.hint}`;
    area.closest(".field").classList.toggle("bad", short > 0 && begun);
    if (short > 0) reasons.push(begun ? "" : `说明还没有写，至少${area.dataset.least}字。`);
  }
  const groups = new Set([...form.querySelectorAll("input[type=radio][required]")].map((radio) => radio.name));
  for (const name of groups) if (!form.querySelector(`input[name="${name}"]:checked`)) reasons.unshift(`还没有选：${form.querySelector(`input[name="${name}"]`).closest("fieldset").querySelector("legend").textContent}。`);
  const barred = form.querySelector("input[type=radio][data-barred]:checked");
  if (barred) reasons.unshift(barred.dataset.barred);
  const button = form.querySelector("button[type=submit]");
  button.disabled = reasons.length > 0;
  const said = form.querySelector("[data-reason]");
  if (said) said.textContent = reasons.find((reason) => reason) ?? "";
}

function startAll() {
  for (const form of document.querySelectorAll("form[data-judged]")) judge(form);
}

export function startForms() {
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-judged]");
    if (form) judge(form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });
  document.addEventListener("htmx:afterSettle", startAll);
  startAll();
}
