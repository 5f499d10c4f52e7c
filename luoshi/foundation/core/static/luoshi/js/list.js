// A list with a current row and a selection that survives paging: j k Enter x, Shift+x for a range.
const table = document.querySelector("[data-list]");
const bar = document.querySelector("[data-selection]");
const KEY = `luoshi.chosen.${location.pathname}`;
const rows = table ? [...table.tBodies[0].rows] : [];
const boxes = rows.map((row) => row.querySelector("input[name=m]"));
let chosen = new Set(JSON.parse(sessionStorage.getItem(KEY) || "[]"));
let here = -1, last = -1;

function show() {
  rows.forEach((row, index) => {
    boxes[index].checked = chosen.has(boxes[index].value);
    row.setAttribute("aria-selected", String(boxes[index].checked));
    row.classList.toggle("cur", index === here);
  });
  const seen = boxes.filter((box) => box.checked).length;
  bar.hidden = chosen.size === 0;
  bar.querySelector("[data-count]").textContent = chosen.size;
  bar.querySelector("[data-elsewhere]").hidden = chosen.size === seen;
  sessionStorage.setItem(KEY, JSON.stringify([...chosen]));
}

function choose(index, wanted, from = index) {
  for (let at = Math.min(index, from); at <= Math.max(index, from); at += 1) {
    chosen[wanted ? "add" : "delete"](boxes[at].value);
  }
  last = index;
  show();
}

function move(step) {
  here = Math.max(0, Math.min(rows.length - 1, here + step));
  rows[here].querySelector("a.t").focus();
  rows[here].scrollIntoView({block: "nearest"});
  show();
}

if (table && bar) {
  sessionStorage.setItem("luoshi.list", JSON.stringify(rows.map((row) => row.querySelector("a.t").pathname)));
  boxes.forEach((box, index) => box.addEventListener("click", (event) => {
    choose(index, box.checked, event.shiftKey && last >= 0 ? last : index);
  }));
  table.querySelector("[data-all]").addEventListener("change", (event) => {
    choose(rows.length - 1, event.target.checked, 0);
  });
  bar.querySelector("[data-clear]").addEventListener("click", () => { chosen = new Set(); show(); });
  bar.addEventListener("submit", () => {
    const elsewhere = [...chosen].filter((id) => !boxes.some((box) => box.value === id));
    bar.querySelectorAll("[type=hidden]").forEach((field) => field.remove());
    elsewhere.forEach((id) => bar.append(Object.assign(document.createElement("input"), {type: "hidden", name: "m", value: id})));
  });
  document.addEventListener("luoshi:key", ({detail}) => {
    if (detail.code === "KeyJ") move(1);
    if (detail.code === "KeyK") move(-1);
    if (detail.code === "KeyX" && here >= 0) choose(here, !boxes[here].checked || detail.shift, detail.shift && last >= 0 ? last : here);
  });
  show();
}
