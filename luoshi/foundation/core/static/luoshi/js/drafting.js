// The open draft's sentence is brought into view; a typed limit shows its date while one types.
const marked = document.querySelector(".paper mark.on");
const pane = document.querySelector(".src-pane");
if (marked && pane) {
  pane.scrollTop = marked.offsetTop - pane.clientHeight / 3;
}
const open = document.getElementById("current");
const list = document.querySelector(".rev");
if (open && list) {
  list.scrollTop = open.offsetTop - 90;
}

// A click anywhere on a marked sentence opens its draft, as its number does.
for (const mark of document.querySelectorAll(".paper mark[data-item]")) {
  mark.addEventListener("click", () => {
    location.assign(`?item=${mark.dataset.item}#current`);
  });
}

const limit = document.querySelector("[data-sample]");
const sample = document.getElementById("sample");
let timer = 0;
async function show() {
  const address = `${limit.dataset.sample}?limit=${encodeURIComponent(limit.value)}`;
  const answer = await fetch(address, {headers: {"X-Requested-With": "fetch"}});
  if (answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    sample.replaceChildren(...page.body.childNodes);
  }
}
if (limit && sample) {
  limit.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 300);
  });
}
for (const part of document.querySelectorAll("details.opens")) {
  part.addEventListener("toggle", () => {
    const first = part.open && part.querySelector("input[type=radio]:checked");
    if (first) {
      first.focus();
    }
  });
}
