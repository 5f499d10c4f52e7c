// Every page: menu sheet, dialogs, printing, one open drop-down, ready phrases, buttons that need a
// field filled first, parts that come later.
const menu = document.querySelector("[data-menu]");
if (menu) {
  menu.addEventListener("click", () => {
    const open = document.getElementById("side").classList.toggle("open");
    menu.setAttribute("aria-expanded", String(open));
  });
}

for (const button of document.querySelectorAll("[data-dialog]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.dialog).showModal());
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

document.addEventListener("click", (event) => {
  for (const drop of document.querySelectorAll("details.drop[open]")) {
    if (!drop.contains(event.target)) {
      drop.open = false;
    }
  }
});

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.insert);
    const before = field.matches("textarea") ? field.value.trim() : ""; // one line holds one text
    field.value = [before, button.dataset.text].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", {bubbles: true}));
    field.focus();
  });
}

for (const button of document.querySelectorAll("[data-needs]")) {
  button.addEventListener("click", (event) => {
    const field = document.getElementById(button.dataset.needs);
    if (!field.value.trim()) {
      event.preventDefault();
      field.focus();
    }
  });
}

for (const part of document.querySelectorAll("[data-later]")) {
  const answer = await fetch(part.dataset.later);
  if (answer.ok && !answer.redirected) part.outerHTML = await answer.text();
}
