// A second click never sends a second time; a page with errors puts the focus on their summary.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    if (button) {
      button.setAttribute("aria-busy", "true");
    }
  });
}

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
});

// A page that came back with a refused form has the address it is opened by.
const page = document.querySelector("meta[name=page]");
if (page) {
  history.replaceState(null, "", page.content);
}

const errors = document.getElementById("errors");
if (errors) {
  errors.focus();
}

// Rows of a form that may be repeated: the last one is copied with its fields emptied.
for (const button of document.querySelectorAll("[data-add-row]")) {
  button.addEventListener("click", () => {
    const rows = document.querySelectorAll(button.dataset.addRow);
    const copy = rows[rows.length - 1].cloneNode(true);
    for (const field of copy.querySelectorAll("input, textarea")) {
      field.value = "";
    }
    rows[rows.length - 1].after(copy);
    copy.querySelector("input, select, textarea").focus();
  });
}
