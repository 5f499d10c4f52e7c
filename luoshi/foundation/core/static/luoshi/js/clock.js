// The clock of an event: since it happened, until the next limit; counted anew every fifteen
// seconds, said aloud only at 60, 30, 15 and 5 minutes.
const clock = document.querySelector("[data-clock]");
const live = document.getElementById("live");
const told = new Set();
// a wrong clock of this computer moves nothing: the server said what time it was
const off = clock ? new Date(clock.dataset.now) - Date.now() : 0;
const begun = Date.now() + off;
const span = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
const minutes = (length) => Math.floor(Math.abs(length) / 60000);

function tick() {
  const {happened, due, left, over, say} = clock.dataset;
  const now = Date.now() + off;
  const rest = new Date(due) - now;
  clock.querySelector("[data-passed]").textContent = span(minutes(now - new Date(happened)));
  const part = clock.querySelector("[data-rest]");
  part.firstChild.textContent = `${rest >= 0 ? left : over} `;
  part.querySelector("b").textContent = span(minutes(rest));
  if (rest < 0) clock.closest(".turn").classList.remove("turn-green", "turn-yellow");
  for (const mark of [60, 30, 15, 5]) {
    const passed = rest <= mark * 60000 && new Date(due) - begun > mark * 60000;
    if (passed && !told.has(mark)) {
      told.add(mark);
      live.textContent = `${say} ${mark}`;
    }
  }
}

setInterval(tick, 15000);
