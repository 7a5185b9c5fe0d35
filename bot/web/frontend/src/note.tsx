// One file on the page: how far it is, or what was answered.

import { AnswerView } from "./answer";
import { percent, say } from "./data";
import { opened, remove, retry, send } from "./notes";
import type { Note, Whole } from "./types";

export function NoteCard({ note }: { note: Note }) {
  const state = note.state === "failed" || note.state === "answered" ? note.state : "sending";
  const label = note.whole?.words.label;
  return (
    <article class="note" data-state={state} data-label={label} data-open={opened.value === note.id}>
      <header>
        <h2 title={note.name} tabIndex={-1}>
          {note.name}
        </h2>
        <button
          type="button"
          class="remove"
          aria-label={`${say("remove")}: ${note.name.slice(0, 80)}`}
          title={say("remove")}
          onClick={() => {
            void remove(note);
            document.querySelector<HTMLElement>("#files")?.focus();
          }}
        >
          ✕
        </button>
      </header>
      {state === "sending" && <Work note={note} />}
      {state === "failed" && (
        <div class="failure">
          <p class="error">{note.error}</p>
          {note.mayRetry && (
            <button type="button" class="button again" onClick={() => retry(note)}>
              {say("again")}
            </button>
          )}{" "}
          {note.onDevice && note.file && (
            <button type="button" class="button elsewhere" onClick={() => send(note)}>
              {say("private_send")}
            </button>
          )}
        </div>
      )}
      {note.whole && <Answered note={note} whole={note.whole} open={opened.value === note.id} />}
    </article>
  );
}

function Work({ note }: { note: Note }) {
  const value = note.state === "waiting" ? 0 : note.done;
  return (
    <div class="work">
      <p class="state">{note.hint || say(note.state)}</p>
      <progress max={1} value={value ?? undefined} aria-label={`${say("progress")}: ${note.name.slice(0, 80)}`} />
    </div>
  );
}

export function Answered({ note, whole, open }: { note: Note; whole: Whole; open: boolean }) {
  const { words, answer } = whole;
  return (
    <div class="answer">
      {words.cut && <p class="cut">{words.cut}</p>}
      <p class="headline">{words.headline}</p>
      {words.judged && <Scale score={answer.verdict.score} />}
      {open ? (
        <AnswerView note={note} whole={whole} />
      ) : (
        <button type="button" class="link more" aria-expanded="false" onClick={(event) => show(note, event.currentTarget)}>
          {say("more")}
          <span class="unseen">: {note.name.slice(0, 80)}</span>
        </button>
      )}
    </div>
  );
}

/** All of it, from its beginning: others above it that fold would carry it away. */
function show(note: Note, button: HTMLElement): void {
  const heading = button.closest("article")!.querySelector("h2")!;
  opened.value = note.id;
  requestAnimationFrame(() => {
    heading.closest("article")!.scrollIntoView();
    heading.focus({ preventScroll: true });
  });
}

function Scale({ score }: { score: number }) {
  return (
    <>
      <div class="scale" role="img" aria-label={`${say("chance")}: ${percent(score)}`}>
        <span style={{ left: `${score * 100}%` }} />
      </div>
      <p class="ends" aria-hidden="true">
        <span>{say("person")}</span>
        <span>{say("machine")}</span>
      </p>
    </>
  );
}
