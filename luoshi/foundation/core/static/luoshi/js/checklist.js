// While a report is written, each duty says what it still lacks, the line above says what is
// completed, and each figure shows its difference to the last one. The server decides on sending.
const form = document.querySelector("form[data-checklist]");

function rows() {
  return [...form.querySelectorAll("[data-figure-row]")].map((row) => ({
    row,
    name: row.querySelector("[name=figure_name]").value.trim(),
    value: row.querySelector("[name=figure_value]").value.replaceAll(",", "").trim(),
  }));
}

function met(need, figures) {
  if (need.startsWith("figure:")) {
    return figures.some((one) => one.value && one.name === need.slice(7));
  }
  if (need === "figures") return figures.some((one) => one.name && one.value);
  return Boolean(form.elements[need]?.value.trim());
}

function difference({row, value}) {
  const note = row.querySelector("[data-difference]");
  const last = note?.dataset.difference;
  if (!last) return;
  const change = Number(value) - Number(last);
  note.textContent = value && Number.isFinite(change) && change ? `${change > 0 ? "↑" : "↓"}${Math.abs(change)}` : "";
}

function check() {
  const figures = rows();
  const done = [];
  figures.forEach(difference);
  for (const line of form.querySelectorAll("[data-duty]")) {
    const lacking = [...line.querySelectorAll("[data-need]")].filter((need) => {
      const good = met(need.dataset.need, figures);
      need.classList.toggle("met", good);
      return !good;
    });
    const box = line.querySelector("input");
    line.querySelector("[data-lacking]").textContent = lacking.length
      ? `${form.dataset.lacking}${lacking.map((need) => need.textContent.trim()).join(form.dataset.and)}` : "";
    if (box.checked && !lacking.length) done.push(line.dataset.duty);
  }
  const said = form.querySelector("[data-done]");
  said.textContent = done.length ? `${form.dataset.completes}${done.join(form.dataset.and)}` : form.dataset.nothing;
}

if (form) {
  form.addEventListener("input", check);
  form.addEventListener("click", () => setTimeout(check));
  check();
}
