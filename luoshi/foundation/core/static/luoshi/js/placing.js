// Both sides show the open draft, without moving what is in sight already; the address names it and
// the live region tells it.
const split = document.querySelector(".split");

function near(box, part, above) {
  if (!part) return;
  const top = part.getBoundingClientRect().top - box.getBoundingClientRect().top;
  const bottom = top + Math.min(part.offsetHeight, box.clientHeight - above);
  if (top < 40 || bottom > box.clientHeight) box.scrollTop += top - above;
}

function place() {
  const {current, here, said} = document.getElementById("progress").dataset;
  const card = document.getElementById(`d${current}`);
  const folded = card?.closest("#folded");
  if (folded) folded.open = true;
  near(split.querySelector(".rev"), card, 70);
  near(split.querySelector(".src-pane"), split.querySelector(".paper mark.on"), 200);
  document.getElementById("live").textContent = said;
  if (!current) split.querySelectorAll(".rev, .src-pane").forEach((pane) => { pane.scrollTop = 0; });
  history.replaceState(null, "", `?${here}`);
}

document.addEventListener("luoshi:done", ({detail}) => detail.silent || place());
if (["", "#current"].includes(location.hash)) place();
