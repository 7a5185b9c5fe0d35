// Files and recordings become notes on the page; each is sent alone, so that one can't spoil another,
// and only a few at a time.

import { record } from "./recorder.js";

const main = document.querySelector("main");
const words = main.dataset;
const find = (selector, root = document) => root.querySelector(selector);
const language = document.documentElement.lang;
const share = new Intl.NumberFormat(language, { style: "percent" });

const BETWEEN = new Set(["unsure", "narrow_band"]); // reasons that leave the score its meaning
const PASSING = new Set(["busy", "failed"]); // errors that another try may mend

const AT_ONCE = 3; // notes on their way; the others wait in the queue
const queue = [];
let underWay = 0;
let current = null; // the recording under way

find(`nav a[lang="${language}"]`).setAttribute("aria-current", "true");

// The ways in

find("#files").addEventListener("change", (event) => {
  take([...event.target.files]);
  event.target.value = ""; // or the same file could not be chosen again
});
document.addEventListener("paste", (event) => take([...event.clipboardData.files]));
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    main.classList.add("dropping");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) main.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  main.classList.remove("dropping");
  take([...event.dataTransfer.files]);
});
find("#record").addEventListener("click", startRecording);
find("#stop").addEventListener("click", () => current.stop());
find("#discard").addEventListener("click", () => current.discard());

function take(files) {
  complain("");
  const newest = find("#notes").firstElementChild;
  for (const file of files) add(file, newest);
}

function complain(text) {
  find("#problem").textContent = text;
}

function tell(text) {
  find("#news").textContent = text;
}

async function startRecording() {
  complain("");
  const button = find("#record");
  button.disabled = true; // the browser may ask its person first, and a second click would record twice
  try {
    current = await record(find("#level"), find("#clock"), Number(words.maxSeconds));
  } catch {
    complain(words.noMicrophone); // refused, missing or in use: there is one remedy for all
    return;
  } finally {
    button.disabled = false;
    button.focus();
  }
  switchTo("recording");
  find("#stop").focus();
  const sound = await current.finished;
  switchTo("waiting");
  button.focus();
  if (sound) {
    const ending = sound.type.includes("webm") ? "webm" : sound.type.includes("mp4") ? "m4a" : "ogg";
    take([new File([sound], `${words.recorded}.${ending}`, { type: sound.type })]);
  }
}

function switchTo(shown) {
  for (const name of ["waiting", "recording"]) find(`#${name}`).hidden = name !== shown;
}

// One note

function add(file, below) {
  const note = find("#note").content.firstElementChild.cloneNode(true);
  const sound = URL.createObjectURL(file);
  find("h2", note).textContent = file.name;
  find("audio", note).src = sound;
  find(".again", note).addEventListener("click", () => enqueue(file, note));
  find(".remove", note).addEventListener("click", () => {
    note.request?.abort();
    note.remove();
    URL.revokeObjectURL(sound);
    find("#files").focus();
  });
  find("#notes").insertBefore(note, below);
  enqueue(file, note);
}

function enqueue(file, note) {
  note.dataset.state = "sending";
  find(".state", note).textContent = words.queued;
  find("progress", note).value = 0;
  queue.push([file, note]);
  sendNext();
}

function sendNext() {
  while (underWay < AT_ONCE && queue.length) {
    const [file, note] = queue.shift();
    if (note.isConnected) send(file, note); // else it was removed meanwhile
  }
}

function send(file, note) {
  if (file.size > Number(words.maxBytes)) {
    fail(note, words.tooLarge, false);
    return;
  }
  const form = new FormData();
  form.append("files", file);
  const request = new XMLHttpRequest(); // fetch tells nothing of the progress of an upload
  note.request = request;
  underWay += 1;
  request.addEventListener("loadend", () => {
    underWay -= 1;
    sendNext();
  });
  find(".state", note).textContent = words.sending;
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) find("progress", note).value = event.loaded / event.total;
  });
  request.upload.addEventListener("load", () => {
    find(".state", note).textContent = words.listening;
    find("progress", note).removeAttribute("value");
    tell(`${file.name}: ${words.listening}`);
  });
  request.addEventListener("load", () => read(request, note));
  request.addEventListener("error", () => fail(note, words.lost, true));
  request.open("POST", `api/v1/verdicts?lang=${language}`);
  request.responseType = "json";
  request.send(form);
}

function read({ response, status }, note) {
  const answer = response?.verdicts?.[0] ?? response;
  if (answer?.label) show(answer, note);
  else if (answer?.error) fail(note, answer.error.message, PASSING.has(answer.error.code));
  else if (status === 413) fail(note, words.proxyTooLarge, false); // ours would have said more
  else if ([502, 503, 504].includes(status)) fail(note, words.proxyDown, true);
  else fail(note, words.lost, true);
}

function fail(note, text, passing) {
  note.dataset.state = "failed";
  find(".again", note).hidden = !passing;
  find(".error", note).textContent = text;
  tell(`${find("h2", note).textContent}: ${text}`);
}

function show(verdict, note) {
  const [heard, advice] = verdict.text.split("\n\n");
  const lines = heard.split("\n");
  const cut = verdict.cut ? lines.shift() : ""; // how much was heard stands first
  const [headline, ...reasons] = lines;
  const judged = verdict.label !== "inconclusive" || verdict.reasons.every((reason) => BETWEEN.has(reason));
  note.dataset.state = "answered";
  note.dataset.label = verdict.label;
  note.classList.toggle("judged", judged);
  find(".cut", note).textContent = cut;
  find(".headline", note).textContent = headline;
  find(".reasons", note).textContent = reasons.join("\n");
  find(".advice", note).textContent = advice;
  find(".scale", note).style.setProperty("--score", verdict.score);
  find(".scale", note).setAttribute("aria-label", `${words.chance}: ${percent(verdict.score)}`);
  const picture = URL.createObjectURL(fromDataUrl(verdict.picture)); // browsers open no data: link
  find(".picture", note).href = picture;
  find(".picture img", note).src = picture;
  find(".marks", note).textContent = verdict.marks;
  find("tbody", note).replaceChildren(...verdict.windows.map(row));
  tell(`${find("h2", note).textContent}: ${cut} ${headline}`);
}

function row(window) {
  const line = document.createElement("tr");
  const stretch = `${clock(window.start)}–${clock(window.end)}`;
  for (const text of [stretch, percent(window.score)]) {
    line.append(Object.assign(document.createElement("td"), { textContent: text }));
  }
  line.lastElementChild.style.setProperty("--score", window.score);
  return line;
}

// Rounded towards 50 as in bot/scale.py, so that the page is never more certain than the model.
function percent(score) {
  const rounded = score >= 0.5 ? Math.floor(score * 100 + 1e-9) : Math.ceil(score * 100 - 1e-9);
  return share.format(Math.min(Math.max(rounded, 1), 99) / 100);
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function fromDataUrl(url) {
  const [head, body] = url.split(",");
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: head.slice("data:".length).split(";")[0] });
}
