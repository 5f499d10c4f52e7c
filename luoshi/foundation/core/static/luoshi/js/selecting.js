// Words selected in the source can be added as a draft: the server gets their place, counted in
// characters of the text, and the words themselves to compare. Lists of choices open at their first.
const form = document.getElementById("selection");

function words(range) {
  const copy = range.cloneContents();
  copy.querySelectorAll("sup").forEach((number) => number.remove());
  return copy.textContent;
}

function place(node, offset) {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!line) return -1;
  const before = document.createRange();
  before.selectNodeContents(line);
  before.setEnd(node, offset);
  return Number(line.dataset.at) + [...words(before)].length;
}

function show(here) {
  form.hidden = !here;
  form.querySelector("button").toggleAttribute("data-key", here);
  if (here) form.querySelector("button").dataset.key = "KeyN";
}

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
  const inside = range && !range.collapsed && document.getElementById("paper").contains(range.commonAncestorContainer);
  const start = inside ? place(range.startContainer, range.startOffset) : -1;
  const end = inside ? place(range.endContainer, range.endOffset) : -1;
  show(start >= 0 && end - start >= 4);
  if (form.hidden) return;
  form.elements.start.value = start;
  form.elements.end.value = end;
  form.elements.words.value = words(range);
});

document.addEventListener("luoshi:done", ({detail}) => detail.silent || show(false));
document.addEventListener("toggle", ({target}) => {
  if (target.open && target.matches("details.opens")) {
    target.querySelector("input[type=radio]:checked, input:not([type=hidden]), textarea")?.focus();
  }
}, true);
