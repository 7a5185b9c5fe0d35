// The voice of an answer's recording beside one that is known to be genuine.

import { useSignal } from "@preact/signals";
import { data, say } from "./data";
import { Refused, compare } from "./server";
import type { Note } from "./types";

export function Compare({ note }: { note: Note }) {
  const said = useSignal("");
  const id = `known-${note.id}`;
  const start = async (known: File) => {
    if (known.size > data.maxBytes) {
      said.value = say("too_large");
      return;
    }
    said.value = say("comparing");
    try {
      said.value = await compare(note.file!, known);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      said.value = error.message;
    }
  };
  return (
    <details class="compare">
      <summary>{say("compare")}</summary>
      <p>{say("compare_how")}</p>
      <p class="tools">
        <input
          id={id}
          class="unseen known"
          type="file"
          onChange={(event) => {
            const [known] = event.currentTarget.files!;
            event.currentTarget.value = "";
            if (known) void start(known);
          }}
        />
        <label for={id} class="button">
          {say("compare_choose")}
        </label>
      </p>
      <p class="part" role="status">
        {said}
      </p>
    </details>
  );
}
