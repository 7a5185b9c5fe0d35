// What was measured of the model: sentences, and a table with a bar in each cell.

import { data, say } from "./data";
import { useFetched } from "./fetched";

const count = new Intl.NumberFormat(data.language);

interface Shares {
  right: number; // of 100
  unsure: number;
  wrong: number;
  clips: number;
}

interface Row {
  title: string;
  people: Shares | null;
  machines: Shares | null;
}

interface Measured {
  paragraphs: string[];
  sections: { title: string; rows: Row[] }[];
}

export function Accuracy() {
  const { found, failure } = useFetched<Measured>("accuracy");
  return (
    <article class="text measured">
      <h1>{say("accuracy")}</h1>
      <p class="lead">{say("accuracy_lead")}</p>
      <p role="alert">{failure}</p>
      {!found.value && !failure.value && <p role="status">{say("loading")}</p>}
      {found.value?.paragraphs.map((paragraph) => <p class="said">{paragraph}</p>)}
      {found.value && <Legend />}
      {found.value?.sections.map((section) => <Section {...section} />)}
      <h2>{say("accuracy_unknown")}</h2>
      <p>{say("accuracy_unknown_text")}</p>
    </article>
  );
}

function Legend() {
  return (
    <p class="legend" aria-hidden="true">
      {(["right", "unsure", "wrong"] as const).map((kind) => (
        <span>
          <span class={`swatch ${kind}`} /> {say(`accuracy_${kind}`)}
        </span>
      ))}
    </p>
  );
}

const SIDES = ["people", "machines"] as const;

function Section({ title, rows }: { title: string; rows: Row[] }) {
  const sides = SIDES.filter((side) => rows.some((row) => row[side]));
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <td />
          {sides.map((side) => (
            <th scope="col">{say(`accuracy_${side}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">{row.title}</th>
            {sides.map((side) => (
              <Cell shares={row[side]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ shares }: { shares: Shares | null }) {
  if (!shares) return <td class="few">{say("accuracy_few")}</td>;
  const { right, unsure, wrong, clips } = shares;
  const said = [`${right} ${say("accuracy_right")}`, `${unsure} ${say("accuracy_unsure")}`, `${wrong} ${say("accuracy_wrong")}`];
  return (
    <td>
      <span class="bar" role="img" aria-label={said.join(", ")}>
        {(["right", "unsure", "wrong"] as const).map((kind) => (
          <span class={kind} style={{ width: `${shares[kind]}%` }}>
            {shares[kind] >= 12 ? shares[kind] : ""}
          </span>
        ))}
      </span>
      <small>
        {count.format(clips)} {say("accuracy_clips")}
      </small>
    </td>
  );
}
