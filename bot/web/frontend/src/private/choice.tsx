// The switch for checking on this device, and what it takes.

import { say } from "../data";
import { choose, fetchMissing, onDevice, phase, prepare } from "./mode";

/** `some`: there are notes below, whose answers are to be seen without scrolling. */
export function Choice({ some }: { some: boolean }) {
  const chosen = onDevice.value;
  return (
    <div class="choice">
      <label>
        <input id="private" type="checkbox" checked={chosen} onChange={(event) => void choose(event.currentTarget.checked)} />{" "}
        {say("private")}
      </label>
      {!some && <p class="hint">{say(chosen ? "private_on" : "private_off")}</p>}
      {chosen && !(some && phase.value.name === "ready") && <Needs />}
    </div>
  );
}

function Needs() {
  const now = phase.value;
  if (now.name === "off") return null;
  return (
    <div class="needs" data-phase={now.name}>
      <p role="status">{sentence()}</p>
      {now.name === "fetching" && <progress max={1} value={now.share} aria-label={say("private_fetching")} />}
      {now.name === "offered" && (
        <button type="button" id="fetch" class="button main" onClick={() => void fetchMissing()}>
          {say("private_fetch")}
        </button>
      )}
      {now.name === "failed" && (
        <button type="button" id="fetch-again" class="button" onClick={() => void prepare()}>
          {say("again")}
        </button>
      )}
    </div>
  );
}

function sentence(): string {
  const now = phase.value;
  if (now.name === "ready" && navigator.serviceWorker) return `${now.words} ${say("private_offline")}`;
  if (now.name === "ready" || now.name === "offered") return now.words;
  return say(`private_${now.name}`);
}
