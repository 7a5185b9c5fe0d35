// The recordings of /demo: to hear, and to be checked as one's own.

import { say } from "./data";
import { useFetched } from "./fetched";
import { problem, take } from "./notes";

interface Example {
  file: string;
  title: string;
  words: string;
  source: string;
}

export function Examples() {
  const { found, failure } = useFetched<Example[]>("examples");
  return (
    <article class="text examples">
      <h1>{say("examples")}</h1>
      <p class="lead">{say("examples_lead")}</p>
      <p role="alert">{failure}</p>
      {!found.value && !failure.value && <p role="status">{say("loading")}</p>}
      {found.value?.map((example) => (
        <section class="card">
          <h2>{example.title}</h2>
          <p>{example.words.slice(example.words.indexOf(" ") + 1)}</p>
          <audio controls preload="none" src={`page-api/examples/${example.file}`} aria-label={example.title} />
          <p class="hint">{example.source}</p>
          <button type="button" class="button" onClick={() => check(example)}>
            {say("examples_check")}
          </button>
        </section>
      ))}
    </article>
  );
}

async function check(example: Example): Promise<void> {
  location.hash = "check";
  try {
    const response = await fetch(`page-api/examples/${example.file}`);
    take([new File([await response.blob()], example.file, { type: "audio/ogg" })]);
  } catch {
    problem.value = say("lost");
  }
}
