// The view where files and recordings come in and their answers stand.

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { data, say } from "./data";
import { NoteCard } from "./note";
import { keeps, news, notes, problem, removeAll, take } from "./notes";
import { Choice } from "./private/choice";
import { record, type Recording } from "./recorder";
import { Source } from "./source";

const dropping = signal(false);

export function Check() {
  const some = notes.value.length > 0;
  return (
    <div class={`check${some ? " some" : ""}${dropping.value ? " dropping" : ""}`}>
      <h1 class={some ? "unseen" : ""}>{say("headline")}</h1>
      {!some && <p class="lead">{say("lead")}</p>}
      <Intake some={some} />
      <p id="problem" role="alert">
        {problem}
      </p>
      <p id="news" class="unseen" role="status">
        {news}
      </p>
      <section id="notes" aria-label={say("results")}>
        {notes.value.map((note) => (
          <NoteCard key={note.id} note={note} />
        ))}
      </section>
      {some && <Kept />}
      <Source />
    </div>
  );
}

function Kept() {
  return (
    <p class="kept">
      {keeps.value ? say("kept") : say("not_kept")}{" "}
      <button type="button" id="clear" class="link" onClick={() => confirm(say("clear_sure")) && removeAll()}>
        {say("clear")}
      </button>
    </p>
  );
}

function Intake({ some }: { some: boolean }) {
  const recorder = useRecorder();
  return (
    <section class="intake" aria-label={say("intake")}>
      <div id="waiting" ref={recorder.waiting}>
        {!some && <Voices />}
        {!some && <p class="drop">{say("drop")}</p>}
        <p class="actions">
          <input
            id="files"
            class="unseen"
            type="file"
            multiple
            onChange={(event) => {
              take([...event.currentTarget.files!]);
              event.currentTarget.value = ""; // or the same file could not be chosen again
            }}
          />
          <label for="files" class="button main">
            {say("choose")}
          </label>
          <button type="button" id="record" class="button" ref={recorder.button} onClick={recorder.start}>
            <span class="dot" />
            {say("record")}
          </button>
        </p>
        <Choice some={some} />
        {!some && <p class="hint limits">{say("limits")}</p>}
      </div>
      <UnderWay recorder={recorder} />
    </section>
  );
}

function UnderWay({ recorder }: { recorder: Recorder }) {
  return (
    <div id="recording" ref={recorder.running} hidden>
      <p class="drop">
        <span class="dot on" />
        {say("recording")} <span id="clock" ref={recorder.time}>0:00</span>
      </p>
      <canvas id="level" width="640" height="64" aria-hidden="true" ref={recorder.canvas} />
      <p class="actions">
        <button type="button" id="stop" class="button main" onClick={recorder.stop}>
          {say("stop")}
        </button>
        <button type="button" id="discard" class="button" onClick={recorder.discard}>
          {say("discard")}
        </button>
      </p>
      <p class="hint">{say("reading")}</p>
    </div>
  );
}

type Recorder = ReturnType<typeof useRecorder>;

/** Elements that show a recording under way, and what can be done with it. */
function useRecorder() {
  const recording = useRef<Recording | null>(null);
  const waiting = useRef<HTMLDivElement>(null);
  const running = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const time = useRef<HTMLSpanElement>(null);

  const show = (is: boolean) => {
    waiting.current!.hidden = is;
    running.current!.hidden = !is;
  };
  const start = async () => {
    problem.value = "";
    button.current!.disabled = true; // the browser may ask first, and a second click would record twice
    try {
      recording.current = await record(canvas.current!, time.current!, data.maxSeconds);
    } catch {
      problem.value = say("no_microphone"); // refused, missing or in use: there is one remedy for all
      return;
    } finally {
      button.current!.disabled = false;
    }
    show(true);
    running.current!.querySelector("button")!.focus();
    const sound = await recording.current.finished;
    if (!waiting.current) return; // another view is shown by now
    show(false);
    button.current!.focus();
    if (sound) take([named(sound)]);
  };
  const stop = () => recording.current?.stop();
  const discard = () => recording.current?.discard();
  useEffect(() => discard, []);
  return { waiting, running, button, canvas, time, start, stop, discard };
}

/** A voice and a machine, as bars. */
function Voices() {
  return (
    <svg class="voices" viewBox="0 -2 179 44" aria-hidden="true">
      <path class="person" d="M4 17v6M11 14v12M18 9.5v21M25 4.5v31M32 8v24M39 1v38M46 6.5v27M53 12v16M60 8.5v23M67 3.5v33M74 10v20M81 15.5v9" />
      <path class="machine" d="M98 15v10M105 10v20M112 5v30M119 10v20M126 15v10M133 10v20M140 5v30M147 10v20M154 15v10M161 10v20M168 5v30M175 10v20" />
    </svg>
  );
}

function named(sound: Blob): File {
  const ending = sound.type.includes("webm") ? "webm" : sound.type.includes("mp4") ? "m4a" : "ogg";
  return new File([sound], `${say("recorded")}.${ending}`, { type: sound.type });
}

/** Takes what is dropped or pasted anywhere on the page, whatever it shows. */
export function listen(): void {
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      dropping.value = true;
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) dropping.value = false;
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    dropping.value = false;
    if (event.dataTransfer) takeDropped(event.dataTransfer);
  });
  document.addEventListener("paste", (event) => event.clipboardData && takeDropped(event.clipboardData));
}

/** Takes files where their answers are to be seen. */
function receive(files: File[]): void {
  if (!files.length) return;
  location.hash = "check";
  take(files);
}

function takeDropped(dropped: DataTransfer): void {
  const folders = [...dropped.items].filter((item) => item.webkitGetAsEntry?.()?.isDirectory);
  const names = new Set(folders.map((item) => item.webkitGetAsEntry()!.name));
  receive([...dropped.files].filter((file) => !names.has(file.name)));
  if (!folders.length) return;
  location.hash = "check";
  problem.value = say("folder");
}
