// One step of the review: sent, answered with the parts that changed, put in their places. What one
// is typing in is spared where the step is not about it (dates, colleagues' steps).
const split = document.querySelector(".split");
const notes = document.getElementById("notes");
const progress = () => document.getElementById("progress").dataset;
const read = (text) => new DOMParser().parseFromString(text, "text/html");

function typing(part) {
  return part.contains(document.activeElement) || part.querySelector("[data-dirty]");
}

function swap(text, spare) {
  const fresh = [...read(text).querySelectorAll("[data-part]")].filter((part) => document.getElementById(part.id));
  const held = spare && fresh.some((part) => typing(document.getElementById(part.id)));
  for (const part of fresh) {
    const old = document.getElementById(part.id);
    if (held && (typing(old) || part.id === "progress")) continue; // its old revision asks again
    old.replaceWith(part);
    const {draft, mark} = part.dataset;
    for (const words of draft ? split.querySelectorAll(`mark[data-item="${draft}"]`) : []) words.className = mark;
  }
}

async function parts(address, {body, spare, silent} = {}) {
  const {revision, current, here} = progress();
  const headers = {"X-Part": silent ? "poll" : "step", "X-Since": revision, "X-Was": current};
  const answer = await fetch(address, {method: body ? "POST" : "GET", body, headers});
  const text = await answer.text();
  if (answer.headers.get("X-Part")) swap(text, spare);
  else if (answer.ok && text) location.reload();
  if (answer.ok) return [];
  if (body && answer.status === 409) await parts(`?${here}`); // as it is now
  return [...read(text).querySelectorAll("h1, .notice.stop p")].map((one) => one.textContent);
}

document.addEventListener("luoshi:ask", async ({detail: {address, form, silent, ...more}}) => {
  split.setAttribute("aria-busy", "true");
  const leave = new CustomEvent("luoshi:leave", {detail: []});
  if (!silent) document.dispatchEvent(leave);
  await Promise.all(leave.detail); // what is typed is kept first
  const said = await parts(address, {silent, ...more}).catch(() => [notes.dataset.offline]);
  split.removeAttribute("aria-busy");
  if (!silent) notes.innerText = said.join("\n");
  if (form && !more.spare && !said.length) {
    form.reset();
    document.activeElement.blur(); // single keys act again
  }
  document.dispatchEvent(new CustomEvent("luoshi:done", {detail: {silent, refused: said.length > 0}}));
});

setInterval(() => {
  if (split.getAttribute("aria-busy") || document.hidden) return;
  const detail = {address: `?${progress().here}`, spare: true, silent: true};
  document.dispatchEvent(new CustomEvent("luoshi:ask", {detail}));
}, Number(split.dataset.look) * 1000);
