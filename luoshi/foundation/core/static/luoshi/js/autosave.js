// A draft is saved 1.5 s after the last key, with the time in sight; files go with the button.
const form = document.querySelector("form[data-autosave]");
const note = document.getElementById("saved");
let timer = 0;
let running = false;

async function save() {
  if (running || form.dataset.sent) {
    return;
  }
  running = true;
  const body = new FormData(form);
  body.delete("file");
  body.set("act", "save");
  try {
    const answer = await fetch(location.href, {method: "POST", body, headers: {"X-Autosave": "1"}});
    if (answer.ok && answer.headers.get("Content-Type").startsWith("application/json")) {
      const {revision, saved} = await answer.json();
      form.elements.revision.value = revision;
      note.textContent = `${note.dataset.word} ${saved}`;
    } else {
      const {refused = ""} = await answer.json();
      note.textContent = `${note.dataset.failed} ${refused}`;
    }
  } catch {
    note.textContent = note.dataset.failed;
  }
  running = false;
}

if (form && note) {
  // a refused form is the answer to a POST; reloading it asks for the page with the saved draft
  history.replaceState(null, "", location.href);
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") {
      clearTimeout(timer);
      timer = setTimeout(save, 1500);
    }
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
