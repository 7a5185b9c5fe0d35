// The answer whose button opened the page in Telegram. It is not kept in the browser: Telegram has it.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { say } from "./data";
import { Answered } from "./note";
import { Refused, keptAnswer, keptSound } from "./server";
import { launch } from "./telegram";
import type { Note } from "./types";

const note = signal<Note | null>(null);
const failure = signal("");

export function TelegramNote() {
  useEffect(() => {
    if (!note.value) void load();
  }, []);
  const { value } = note;
  return (
    <div class="check some">
      <h1 class="unseen">{say("note")}</h1>
      <p id="problem" role="alert">
        {failure}
      </p>
      {!value && !failure.value && <p role="status">{say("loading")}</p>}
      {failure.value && (
        <button type="button" class="button again" onClick={() => void load()}>
          {say("again")}
        </button>
      )}
      {value?.whole && (
        <article class="note" data-state="answered" data-label={value.whole.words.label} data-open="true">
          <header>
            <h2>{value.name}</h2>
          </header>
          <Answered note={value} whole={value.whole} open={true} />
        </article>
      )}
    </div>
  );
}

async function load(): Promise<void> {
  failure.value = "";
  try {
    const whole = await keptAnswer(launch!);
    const name = say("note");
    const begin = { id: 0, batch: 0, name, state: "answered", done: null, error: "", mayRetry: false } as const;
    note.value = { ...begin, file: null, hint: say("loading"), whole };
    await hear(note.value);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    failure.value = error.message;
  }
}

/** The answer is shown without its sound, too. */
async function hear(shown: Note): Promise<void> {
  try {
    const sound = await keptSound(launch!);
    note.value = { ...shown, file: new File([sound], shown.name, { type: sound.type }), hint: "" };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    note.value = { ...shown, hint: error.message };
  }
}
