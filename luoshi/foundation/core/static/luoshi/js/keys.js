// Single keys act only outside fields, without modifiers, by position, never while composing.
const GO = {KeyT: "/", KeyL: "/ledger/", KeyR: "/reviews/", KeyD: "/drafting/", KeyB: "/bulletins/"};
let pending = false;

function typing(event) {
  const target = event.target;
  const field = target.closest && target.closest("input, textarea, select, [contenteditable]");
  return field || event.isComposing || event.key === "Process" || event.keyCode === 229;
}

function press(selector) {
  const found = document.querySelector(selector);
  if (found) {
    found.click();
  }
  return Boolean(found);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.code === "Enter") {
    const form = event.target.closest && event.target.closest("form");
    if (form) {
      form.requestSubmit(form.querySelector("[data-send]") || undefined);
    }
    return;
  }
  if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (pending) {
    pending = false;
    if (GO[event.code]) {
      location.href = GO[event.code];
    }
    return;
  }
  if (event.code === "Slash" && !event.shiftKey) {
    const search = document.getElementById("q");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.code === "KeyG") {
    pending = true;
  } else if (press(`[data-key="${event.code}"]`)) {
    event.preventDefault();
  }
});

const menu = document.querySelector("[data-menu]");
if (menu) {
  menu.addEventListener("click", () => {
    const open = document.getElementById("side").classList.toggle("open");
    menu.setAttribute("aria-expanded", String(open));
  });
}
