// Clicks, forms and keys of the review become steps, one after the other: a key that is pressed
// while a step runs waits its turn. Every twenty seconds colleagues' steps are fetched.
const split = document.querySelector(".split");
const waiting = [];
const busy = () => split.getAttribute("aria-busy") === "true";
const current = () => document.getElementById("progress").dataset.current;

function ask(address, body, spared) {
  document.dispatchEvent(new CustomEvent("luoshi:ask", {detail: {address, body, spared}}));
}

function step(by) {
  const rows = [...split.querySelectorAll("[data-draft]")].filter((row) => row.offsetParent);
  const next = rows[rows.findIndex((row) => row.dataset.draft === current()) + Number(by)];
  if (next) ask(`?item=${next.dataset.draft}`);
}

document.addEventListener("click", (event) => {
  const [link, mark] = ["a[data-open], a[data-step]", ".paper mark"].map((one) => event.target.closest(one));
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(link || mark)) return;
  if (!link && !getSelection().isCollapsed) return;
  event.preventDefault();
  if (busy()) return;
  if (link?.dataset.step) step(link.dataset.step);
  else ask(`?item=${link?.dataset.open ?? mark.dataset.item}`);
});

document.addEventListener("submit", (event) => {
  const typed = document.getElementById("correction");
  let form = event.target;
  if (!form.closest(".split, #foot") || "whole" in form.dataset) return;
  event.preventDefault();
  event.stopPropagation(); // `data-sent` is for pages that are left
  if (busy()) return;
  const button = event.submitter;
  const address = button?.getAttribute("formaction") || form.getAttribute("action");
  const plain = form.id !== "decision" || !typed?.dataset.dirty;
  if (!plain) form = typed; // accepting what was changed means saving it
  const body = new FormData(form);
  if (plain && button?.name) body.append(button.name, button.value);
  ask(plain ? address : form.getAttribute("action"), body);
}, true);

document.addEventListener("keydown", (event) => {
  if (!busy() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select") || !/^Key/.test(event.code)) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) waiting.push(event.code);
}, true);

document.addEventListener("luoshi:done", () => {
  const code = waiting.shift();
  if (code) document.body.dispatchEvent(new KeyboardEvent("keydown", {code, bubbles: true, cancelable: true}));
});

setInterval(() => {
  const here = document.activeElement;
  const typing = (part) => part.contains(here) || part.querySelector("[data-dirty]");
  if (!busy() && !document.hidden) ask(`?item=${current()}`, null, typing);
}, Number(split.dataset.look) * 1000);
