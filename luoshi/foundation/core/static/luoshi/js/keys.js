// Single keys act only outside fields, without modifiers, by position, never while composing, and
// not at all when the person switched them off; every key has a button or link of its own.
const GO = {KeyT: "/", KeyL: "/ledger/", KeyR: "/reviews/", KeyD: "/drafting/", KeyB: "/bulletins/"};
const STEP = {KeyN: 1, KeyP: -1};
const single = document.documentElement.dataset.keys !== "off";
let pending = false;

function typing(event) {
  const field = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
  return field || event.isComposing || event.key === "Process" || event.keyCode === 229;
}

function press(code) {
  const found = document.querySelector(`[data-key="${code}"]`);
  if (!found) return false;
  if (found.matches("input, textarea, section, div")) {
    found.focus();
    found.scrollIntoView({block: "nearest"});
  } else {
    found.click();
    if (found.matches("summary")) found.focus(); // a script's click moves none; the next Tab must go inside
  }
  return true;
}

function neighbour(step) {
  const list = JSON.parse(sessionStorage.getItem("luoshi.list") || "[]");
  const place = list.indexOf(location.pathname);
  if (place >= 0 && list[place + step]) location.href = list[place + step];
}

function single_key(event) {
  if (pending) {
    pending = false;
    const entry = document.querySelector(`#side a[href="${GO[event.code]}"]`);
    if (entry) entry.click();
    return true;
  }
  if (event.code === "KeyG") {
    pending = true;
    setTimeout(() => { pending = false; }, 1500);
    return true;
  }
  if (event.code === "Slash") return press(event.shiftKey ? "Help" : "Slash");
  if (press(event.code)) return true;
  if (STEP[event.code]) neighbour(STEP[event.code]);
  document.dispatchEvent(new CustomEvent("luoshi:key", {detail: {code: event.code, shift: event.shiftKey}}));
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.code === "Enter") {
    const form = event.target.closest?.("form");
    if (form) form.requestSubmit(form.querySelector("[data-send]") || undefined);
  } else if (event.key === "Escape") {
    document.querySelectorAll("details.drop[open]").forEach((one) => { one.open = false; });
  } else if (single && (!event.repeat || /Key[JK]/.test(event.code)) && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event)) {
    if (single_key(event)) event.preventDefault();
  }
});
