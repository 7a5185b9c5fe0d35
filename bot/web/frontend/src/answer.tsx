// All that there is to an answer: sentences, sound and charts, why, the file, what can be done with it.

import { useSignal } from "@preact/signals";
import { Compare } from "./compare";
import { clock, percent, say } from "./data";
import { send } from "./notes";
import { Player } from "./player";
import { device } from "./private/mode";
import { Refused, report } from "./server";
import type { Note, Whole } from "./types";

export function AnswerView({ note, whole }: { note: Note; whole: Whole }) {
  const { words, answer } = whole;
  return (
    <>
      <p class="reasons">{words.lines.join("\n")}</p>
      <p class="advice">{words.advice.join(" ")}</p>
      {whole.onDevice && <Here note={note} />}
      <Player note={note} whole={whole} />
      {words.marks && <p class="marks">{words.marks}</p>}
      <Actions note={note} whole={whole} />
      <details class="why">
        <summary>{words.why.heading}</summary>
        {words.why.lines.map((line) => (
          <p>{line}</p>
        ))}
      </details>
      <details class="facts">
        <summary>{words.file.heading}</summary>
        <dl>
          {words.file.facts.map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p>{words.file.worth}</p>
      </details>
      {note.file && !whole.onDevice && <Compare note={note} />}
      {words.chart && answer.verdict.windows.length > 0 && <Stretches whole={whole} />}
    </>
  );
}

/** What differs in an answer that was made on this device. */
function Here({ note }: { note: Note }) {
  return (
    <p class="here">
      {say("private_done")}{" "}
      {note.file && (
        <button type="button" class="link elsewhere" onClick={() => send(note)}>
          {say("private_send")}
        </button>
      )}
    </p>
  );
}

function Stretches({ whole }: { whole: Whole }) {
  return (
    <details class="stretches">
      <summary>{say("details")}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("stretch")}</th>
            <th scope="col">{say("chance")}</th>
          </tr>
        </thead>
        <tbody>
          {whole.answer.verdict.windows.map((window) => (
            <tr>
              <td>{`${clock(window.start)}–${clock(window.end)}`}</td>
              <td class="score" style={{ "--score": String(window.score) }}>
                {percent(window.score)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Actions({ note, whole }: { note: Note; whole: Whole }) {
  const failure = useSignal("");
  const making = useSignal(false);
  const name = `ouvido-${whole.answer.sha256.slice(0, 8)}`;
  const order = async (kind: "pdf" | "json") => {
    failure.value = "";
    making.value = true;
    try {
      const made = whole.onDevice ? (await device()).record(note, whole) : await report(note.file!, note.name, kind);
      download(made, `${name}.${kind}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      failure.value = error.message;
    } finally {
      making.value = false;
    }
  };
  const picture = new File([whole.picture], `${name}.jpg`, { type: "image/jpeg" });
  const shares = navigator.canShare?.({ files: [picture] });
  const pass = () =>
    shares ? navigator.share({ files: [picture] }).catch(() => undefined) : download(picture, picture.name);
  return (
    <>
      <p class="tools">
        {!whole.onDevice && picture.size > 0 && (
          <button type="button" class="picture" onClick={pass}>
            {say(shares ? "share" : "save")}
          </button>
        )}
        {note.file && (
          <>
            {!whole.onDevice && (
              <button type="button" class="pdf" disabled={making.value} onClick={() => order("pdf")}>
                {say("pdf")}
              </button>
            )}
            <button type="button" class="json" disabled={making.value} onClick={() => order("json")}>
              {say("json")}
            </button>
          </>
        )}
        <button type="button" class="print" onClick={print}>
          {say("print")}
        </button>
      </p>
      <p class="failed" role="alert">
        {failure}
      </p>
    </>
  );
}

/** On paper, only the note that is open, with everything that is folded. */
function print(): void {
  const folded = [...document.querySelectorAll<HTMLDetailsElement>(".note[data-open=true] details:not([open])")];
  for (const each of folded) each.open = true;
  window.print();
  for (const each of folded) each.open = false;
}

function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
