// The API for programs: its addresses and examples, as its own OpenAPI document has them.

import { data, say } from "./data";
import { useFetched } from "./fetched";

interface Operation {
  summary: string;
  "x-codeSamples"?: { label: string; source: string }[];
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
}

const DOCUMENT = "openapi.json";
const FOLDER = "api/v1";

/** An example of the document, asking this very page, in its language. */
function ours(source: string): string {
  const here = new URL(".", location.href).href.replace(/\/$/, "");
  return source.replaceAll("http://127.0.0.1:8080", here).replaceAll("lang=en", `lang=${data.language}`);
}

export function Api() {
  const { found, failure } = useFetched<OpenApi>(DOCUMENT, FOLDER);
  const operations = Object.entries(found.value?.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  const samples = operations.flatMap(({ operation }) => operation["x-codeSamples"] ?? []);
  return (
    <article class="text api">
      <h1>{say("api")}</h1>
      <p class="lead">{say("api_lead")}</p>
      <p role="alert">{failure}</p>
      {!found.value && !failure.value && <p role="status">{say("loading")}</p>}
      {operations.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{say("api_address")}</th>
              <th scope="col">{say("api_use")}</th>
            </tr>
          </thead>
          <tbody>
            {operations.map(({ name, operation }) => (
              <tr>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{operation.summary}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <a href={`${FOLDER}/${DOCUMENT}`}>{say("api_document")}</a>
      </p>
      {samples.map(({ label, source }) => (
        <section>
          <h2>{label}</h2>
          <pre tabIndex={0} aria-label={label}>
            <code>{ours(source)}</code>
          </pre>
        </section>
      ))}
      <h2>{say("api_key")}</h2>
      <p>{say("api_key_text")}</p>
    </article>
  );
}
