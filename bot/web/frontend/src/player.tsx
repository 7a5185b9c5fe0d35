// The sound and what was heard in it, on one time axis: to be played from anywhere and looked at closely.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { clock, say } from "./data";
import type { Sound } from "./sound";
import type { Note, Whole } from "./types";

export function Player({ note, whole }: { note: Note; whole: Whole }) {
  const place = useRef<HTMLDivElement>(null);
  const sound = useRef<Sound | null>(null);
  const playing = useSignal(false);
  const time = useSignal(0);
  const plays = useSignal(true);
  const closer = useSignal(false); // less than the whole is seen
  const said = useSignal("");
  const { chart, headline, stretches } = whole.words;
  const heard = [headline, ...stretches.map((each) => each.words)].join(" "); // for those who don't see it
  const duration = whole.answer.verdict.duration_seconds ?? whole.answer.verdict.windows.at(-1)?.end ?? 0;

  useEffect(() => {
    if (!duration || (!chart && !note.file)) return;
    let gone = false;
    import("./sound")
      .then(({ Sound }) => {
        if (!gone) sound.current = new Sound(place.current!, note, whole, duration, { playing, time, plays, closer, said });
      })
      .catch(() => (said.value = say("lost"))); // the server is gone
    return () => {
      gone = true;
      sound.current?.end();
      sound.current = null;
    };
  }, [note.id, note.file, whole]);

  return (
    <div class="player">
      <div class="axis" role="group" aria-label={heard} ref={place} data-chart={chart ? "true" : "false"} />
      <p class="controls">
        {note.file && plays.value && (
          <button type="button" class="play" onClick={() => sound.current?.toggle()}>
            <span aria-hidden="true">{playing.value ? "❚❚" : "▶"}</span> {say(playing.value ? "pause" : "play")}
          </button>
        )}
        <span class="time">{`${clock(time.value)} / ${clock(duration)}`}</span>
        {chart && note.file && duration > 4 && <Glasses sound={() => sound.current} closer={closer.value} />}
      </p>
      {!note.file && <p class="hint">{note.hint || say("file_gone")}</p>}
      {!plays.value && <p class="hint">{say("cannot_play")}</p>}
      <p class="part" role="status">
        {said}
      </p>
      {chart && (
        <details class="reading">
          <summary>{say("reading_picture")}</summary>
          {[...(note.file && plays.value ? ["keys"] : []), "spectrogram", "scores"].map((key) => (
            <p>{say(key)}</p>
          ))}
        </details>
      )}
    </div>
  );
}

function Glasses({ sound, closer }: { sound: () => Sound | null; closer: boolean }) {
  const moves: [string, string, boolean, () => void][] = [
    ["earlier", "◀", closer, () => sound()?.move(-0.5)],
    ["farther", "−", closer, () => sound()?.scale(2)],
    ["nearer", "+", true, () => sound()?.scale(0.5)],
    ["later", "▶", closer, () => sound()?.move(0.5)],
  ];
  return (
    <span class="glasses">
      {moves.map(([name, sign, able, go]) => (
        <button type="button" class={name} aria-label={say(name)} title={say(name)} disabled={!able} onClick={go}>
          {sign}
        </button>
      ))}
    </span>
  );
}
