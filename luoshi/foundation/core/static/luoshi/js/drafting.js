// One draft is open and both sides show it. Every step fetches only the parts that changed.
const split = document.querySelector(".split");
const notes = document.getElementById("notes");
const progress = () => document.getElementById("progress").dataset;

function near(box, part, above) {
  if (!part) return;
  const top = part.getBoundingClientRect().top - box.getBoundingClientRect().top;
  const height = Math.min(part.offsetHeight, box.clientHeight / 2);
  if (top < 40 || top + height > box.clientHeight) box.scrollTop += top - above;
}

function view() {
  const card = document.getElementById(`d${progress().current}`);
  for (const folded of split.querySelectorAll("#folded")) folded.open ||= folded.contains(card);
  near(split.querySelector(".rev"), card, 90);
  near(split.querySelector(".src-pane"), split.querySelector(".paper mark.on"), 200);
  document.getElementById("live").textContent = progress().said;
  if (progress().current) history.replaceState(null, "", `?item=${progress().current}`);
}

function swap(text, spared) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = [...page.querySelectorAll("[data-part]")].filter((part) => document.getElementById(part.id));
  const held = fresh.some((part) => spared?.(document.getElementById(part.id)));
  for (const part of fresh) {
    const old = document.getElementById(part.id);
    const typing = part.id === "days" && old.contains(document.activeElement);
    if (typing || spared?.(old) || (held && part.id === "progress")) continue; // asked for again later
    old.replaceWith(part);
    const {draft, mark} = part.dataset;
    for (const words of draft ? split.querySelectorAll(`mark[data-item="${draft}"]`) : []) words.className = mark;
  }
}

async function parts(address, body, spared) {
  const {revision, current} = progress();
  const headers = {"X-Part": spared ? "poll" : "step", "X-Since": revision, "X-Was": current};
  const answer = await fetch(address, {method: body ? "POST" : "GET", body, headers});
  const text = await answer.text();
  if (answer.headers.get("X-Part")) swap(text, spared);
  else if (answer.ok && text) location.reload();
  if (answer.ok) return [];
  if (body && answer.status === 409) await parts(`?item=${current}`); // as it is now
  const refusal = new DOMParser().parseFromString(text, "text/html");
  return [...refusal.querySelectorAll("h1, .notice.stop p")].map((one) => one.textContent);
}

document.addEventListener("luoshi:ask", async ({detail: {address, body, spared}}) => {
  split.setAttribute("aria-busy", "true");
  const leave = new CustomEvent("luoshi:leave", {detail: []});
  if (!spared) document.dispatchEvent(leave);
  await Promise.all(leave.detail);
  const said = await parts(address, body, spared).catch(() => [notes.dataset.offline]);
  if (!spared) notes.replaceChildren(...said.map((text) => Object.assign(document.createElement("p"), {textContent: text})));
  split.removeAttribute("aria-busy");
  if (!spared) view();
  document.dispatchEvent(new CustomEvent("luoshi:done", {detail: {silent: Boolean(spared)}}));
});
if (["", "#current"].includes(location.hash)) view();
