// While one types: dates are computed anew, and what is not sent is kept; a look at colleagues'
// steps spares what one is typing in.
let sampling = 0;
let keeping = 0;

function put(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of page.querySelectorAll("[data-part]")) {
    document.getElementById(part.id)?.replaceChildren(...part.childNodes);
  }
}

async function sample() {
  const limit = document.getElementById("id_limit");
  const days = new URLSearchParams(new FormData(document.getElementById("daysform")));
  const item = document.getElementById("progress").dataset.current;
  days.delete("csrfmiddlewaretoken");
  days.set("item", item);
  if (limit) days.set("limit", limit.value);
  const answer = await fetch(`${document.getElementById("daysform").getAttribute("action")}?${days}`);
  if (answer.ok && document.getElementById("progress").dataset.current === item) put(await answer.text());
}

async function keep() {
  clearTimeout(keeping);
  const form = document.getElementById("correction");
  if (form?.dataset.dirty !== "typed") return;
  form.dataset.dirty = "kept";
  const note = document.getElementById("kept");
  const body = new URLSearchParams(new FormData(form));
  const send = {method: "POST", body, headers: {"X-Autosave": "1"}, keepalive: true};
  const answer = await fetch(form.dataset.keep, send).catch(() => null);
  if (answer?.ok) note.textContent = `${note.dataset.word} ${(await answer.json()).saved}`;
  else {
    form.dataset.dirty = "typed";
    note.textContent = note.dataset.failed;
  }
}

document.addEventListener("input", ({target}) => {
  if (target.form?.id !== "correction" && target.form?.id !== "daysform") return;
  if (target.name === "limit" || target.form.id === "daysform") {
    clearTimeout(sampling);
    sampling = setTimeout(sample, 300);
  }
  if (target.form.id === "daysform") return;
  target.form.dataset.dirty = "typed";
  clearTimeout(keeping);
  keeping = setTimeout(keep, 1500);
});
document.addEventListener("change", ({target}) => {
  if (target.form?.id === "daysform") target.form.requestSubmit();
});
document.addEventListener("luoshi:leave", ({detail}) => detail.push(keep()));
addEventListener("pagehide", keep);
document.addEventListener("keydown", ({key, target}) => {
  if (key === "Escape" && target.closest(".rev")) target.blur(); // single keys act again
});
