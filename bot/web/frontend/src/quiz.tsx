// The bot's /quiz: five recordings, person or machine? The server keeps nothing; the game goes to and fro.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { say } from "./data";
import { Refused, get } from "./server";

interface Question {
  game: string;
  question: string[]; // the last one says why it is in another language, if it is
  choices: Record<"human" | "synthetic", string>;
}

interface Answer {
  right: boolean;
  lines: string[];
  source: { title: string; words: string };
  game: string | null; // null: that was the last one
  next: string; // the button's words
}

export function Quiz() {
  const asked = useSignal<Question | null>(null);
  const answer = useSignal<Answer | null>(null);
  const failure = useSignal("");
  const waiting = useSignal(true);
  const heading = useRef<HTMLHeadingElement>(null);
  const next = useRef<HTMLButtonElement>(null);

  const fetching = async (work: () => Promise<void>) => {
    failure.value = "";
    waiting.value = true;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      failure.value = error.message;
    } finally {
      waiting.value = false;
    }
  };
  const ask = (game: string | null) =>
    fetching(async () => {
      asked.value = await get<Question>(game ? `quiz?game=${game}` : "quiz");
      answer.value = null;
    });
  const guess = (choice: string) =>
    fetching(async () => void (answer.value = await get<Answer>(`quiz/answer?game=${asked.value!.game}&answer=${choice}`)));
  const goOn = async () => {
    await ask(answer.value!.game);
    heading.current?.focus();
  };

  useEffect(() => void ask(null), []);
  useEffect(() => next.current?.focus(), [answer.value]);
  const question = asked.value;
  return (
    <article class="text quiz">
      <h1>{say("quiz")}</h1>
      <p class="lead">{say("quiz_lead")}</p>
      {question && (
        <section class="card">
          <h2 ref={heading} tabIndex={-1}>
            {question.question[0]}
          </h2>
          {question.question.slice(1).map((line) => (
            <p class="hint">{line}</p>
          ))}
          <audio key={question.game} controls preload="none" src={`page-api/quiz/sound?game=${question.game}`} aria-label={say("quiz_sound")} />
          {!answer.value && (
            <p class="actions">
              {Object.entries(question.choices).map(([choice, words]) => (
                <button type="button" class={`button ${choice}`} disabled={waiting.value} onClick={() => guess(choice)}>
                  {words}
                </button>
              ))}
            </p>
          )}
          <div class="outcome" role="status">
            {waiting.value && <p>{say("loading")}</p>}
            {answer.value?.lines.map((line) => (
              <p>{line}</p>
            ))}
          </div>
          {answer.value && <After answer={answer.value} button={next} goOn={goOn} />}
        </section>
      )}
      <p role="alert">{failure}</p>
      {failure.value && (
        <button type="button" class="button again" onClick={() => ask(null)}>
          {say("quiz_new")}
        </button>
      )}
    </article>
  );
}

interface Going {
  answer: Answer;
  button: { current: HTMLButtonElement | null };
  goOn: () => void;
}

function After({ answer, button, goOn }: Going) {
  return (
    <>
      <details>
        <summary>{answer.source.title}</summary>
        <p class="hint">{answer.source.words}</p>
      </details>
      <p class="actions">
        <button type="button" class="button main next" ref={button} onClick={goOn}>
          {answer.next}
        </button>
      </p>
    </>
  );
}
