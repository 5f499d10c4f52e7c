// The watch room asks for itself every half minute. Focus stays where it is, nothing is said aloud;
// a new event sounds only where somebody ticked the box. What cannot be reached is said on the page.
const room = document.getElementById("watch");
const sound = document.getElementById("watch-sound");
const EVERY = 30000;
const KEPT = "luoshi-watch-sound";

const events = () => new Set([...room.querySelectorAll("[data-event]")].map((row) => row.dataset.event));

function ring() {
  const player = new AudioContext();
  const tone = player.createOscillator();
  tone.frequency.value = 880;
  tone.connect(player.destination);
  tone.start();
  tone.stop(player.currentTime + 0.6);
}

function put(text) {
  const before = events();
  const focused = room.contains(document.activeElement) ? document.activeElement.id : "";
  room.innerHTML = text;
  if (focused) document.getElementById(focused)?.focus({preventScroll: true});
  const isNew = [...events()].some((key) => !before.has(key));
  if (isNew && sound.checked) ring();
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(room.dataset.url, {headers: {Accept: "text/html"}});
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    put(await answer.text());
  } catch {
    const seen = room.querySelector("[data-seen]");
    if (!seen.querySelector("b")) {
      const note = document.createElement("b");
      note.textContent = ` ${room.dataset.stale}`;
      seen.append(note);
    }
  }
}

sound.checked = localStorage.getItem(KEPT) === "1";
sound.addEventListener("change", () => localStorage.setItem(KEPT, sound.checked ? "1" : ""));
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
