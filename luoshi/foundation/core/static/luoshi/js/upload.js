// A form with a large file is sent with a visible progress; a small one, and any without this
// script, is sent as forms are.
const LARGE = 1024 * 1024;
const form = document.querySelector("form[enctype]");
const meter = form && form.querySelector("[data-progress]");

function show(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.getElementById("main");
  if (request.status < 400 || !main) {
    location.assign(request.responseURL);
    return;
  }
  document.getElementById("main").replaceChildren(...main.childNodes);
  const errors = document.getElementById("errors");
  if (errors) {
    errors.focus();
  }
}

if (meter) {
  form.addEventListener("submit", (event) => {
    const [file] = form.querySelector("input[type=file]").files;
    if (event.defaultPrevented || !file || file.size < LARGE) {
      return;
    }
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (now) => {
      meter.hidden = false;
      meter.querySelector("progress").value = Math.round((now.loaded / now.total) * 100);
      meter.querySelector("output").textContent = `${Math.round((now.loaded / now.total) * 100)} %`;
    });
    request.addEventListener("load", () => show(request));
    request.addEventListener("error", () => form.submit());
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}
