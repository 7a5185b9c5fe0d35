import { say } from "./data";

const PARTS = ["how", "limits", "privacy", "study"];

export function About() {
  return (
    <article class="text">
      <h1>{say("about")}</h1>
      {PARTS.map((part) => (
        <section>
          <h2>{say(`about_${part}`)}</h2>
          <p>{say(`about_${part}_text`)}</p>
        </section>
      ))}
    </article>
  );
}
