// The watch room asks for itself every half minute and puts in what changed; focus and a selection
// stay where they are, nothing is said aloud. A new event sounds only where somebody ticked the box,
// then also behind another window; a browser that waits for a click first says so beside the box.
const room = document.getElementById("watch");
const sound = document.getElementById("watch-sound");
const mute = document.getElementById("watch-mute");
const [EVERY, KEPT] = [30000, "luoshi-watch-sound"];
let player;

const events = () => new Set([...room.querySelectorAll("[data-event]")].map((row) => row.dataset.event));
const parts = (root) => [...root.querySelectorAll("[data-part]")];
const names = (root) => parts(root).map((part) => part.dataset.part).join();

function ready() {
  if (sound.checked && !player) {
    player = new AudioContext();
    player.onstatechange = ready;
  }
  if (sound.checked && player.state !== "running") player.resume().catch(() => {});
  mute.hidden = !sound.checked || player.state === "running";
}

function ring() {
  const tone = new OscillatorNode(player, {frequency: 880});
  tone.connect(player.destination);
  tone.start();
  tone.stop(player.currentTime + 0.6);
}

function put(text) {
  const [before, focused] = [events(), room.contains(document.activeElement) && document.activeElement.id];
  const fresh = document.createElement("template");
  fresh.innerHTML = text;
  if (names(room) !== names(fresh.content)) room.innerHTML = text;
  else parts(room).forEach((part, at) => {
    const now = parts(fresh.content)[at];
    if (part.innerHTML !== now.innerHTML) part.innerHTML = now.innerHTML;
  });
  if (focused) document.getElementById(focused)?.focus({preventScroll: true});
  if (sound.checked && [...events()].some((key) => !before.has(key))) ring();
}

async function look() {
  if (document.hidden && !sound.checked) return;
  try {
    const answer = await fetch(room.dataset.url, {headers: {Accept: "text/html"}});
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    put(await answer.text());
  } catch {
    const seen = room.querySelector("[data-part=seen]");
    if (!seen.querySelector("b")) seen.append(Object.assign(document.createElement("b"), {textContent: ` ${room.dataset.stale}`}));
  }
}

sound.checked = localStorage.getItem(KEPT) === "1";
sound.addEventListener("change", () => { localStorage.setItem(KEPT, sound.checked ? "1" : ""); ready(); if (sound.checked) ring(); });
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, ready);
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
ready();
