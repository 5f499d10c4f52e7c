// Clicks, forms and keys of the review become steps, one after the other: a key that is pressed
// while a step runs waits its turn.
const split = document.querySelector(".split");
const waiting = [];
const busy = () => split.getAttribute("aria-busy") === "true";
const current = () => document.getElementById("progress").dataset.current;

function ask(address, more = {}) {
  document.dispatchEvent(new CustomEvent("luoshi:ask", {detail: {address, ...more}}));
}

function step({step: by, beyond}) {
  const rows = [...split.querySelectorAll("[data-draft]")].filter((row) => row.offsetParent);
  const next = rows[rows.findIndex((row) => row.dataset.draft === current()) + Number(by)];
  const number = next ? next.dataset.draft : beyond; // the first or last of the neighbouring part
  if (number) ask(`?item=${number}`);
}

document.addEventListener("click", (event) => {
  const [link, mark] = ["a[data-open], a[data-step], a[data-go]", ".paper mark"].map((one) => event.target.closest(one));
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(link || mark)) return;
  if (!link && !getSelection().isCollapsed) return;
  event.preventDefault();
  if (busy()) return;
  if (link?.dataset.step) step(link.dataset);
  else if (link && "go" in link.dataset) ask(link.getAttribute("href"));
  else ask(`?item=${link?.dataset.open ?? mark.dataset.item}`);
});

document.addEventListener("submit", (event) => {
  const typed = document.getElementById("correction");
  let form = event.target;
  if (!form.closest(".split, #foot") || "whole" in form.dataset) return;
  event.preventDefault();
  event.stopPropagation(); // `data-sent` is for pages that are left
  const button = event.submitter;
  if (busy()) return void waiting.push(() => form.isConnected && form.requestSubmit(button));
  const address = button?.getAttribute("formaction") || form.getAttribute("action");
  const plain = form.id !== "decision" || !typed?.dataset.dirty;
  if (!plain) form = typed; // accepting what was changed means saving it
  const body = new URLSearchParams(new FormData(form)); // multipart would count as an upload
  if (plain && button?.name) body.append(button.name, button.value);
  ask(plain ? address : form.getAttribute("action"), {body, form, spare: form.id === "daysform"});
}, true);

document.addEventListener("keydown", (event) => {
  if (!busy() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select") || !/^Key/.test(event.code)) return;
  event.preventDefault();
  event.stopPropagation();
  const again = new KeyboardEvent("keydown", {code: event.code, bubbles: true, cancelable: true});
  const free = () => !document.activeElement.matches("input, textarea, select");
  if (!event.repeat) waiting.push(() => free() && document.body.dispatchEvent(again));
}, true);

document.addEventListener("luoshi:done", ({detail}) => {
  if (detail.refused) waiting.length = 0; // what was typed after a refusal was meant for another page
  while (waiting.length && !busy()) waiting.shift()();
});
