// Why not to record a loudspeaker, and how to get the file itself.

import { say } from "./data";

const APPS = ["whatsapp_android", "whatsapp_iphone", "whatsapp_web", "telegram", "signal", "iphone", "android"];

export function Source() {
  return (
    <details class="source" id="source">
      <summary>{say("source")}</summary>
      <p>{say("source_why")}</p>
      <dl>
        {APPS.map((app) => (
          <div>
            <dt>{say(`source_${app}`)}</dt>
            <dd>{say(`source_${app}_how`)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{say("source_names")}</p>
    </details>
  );
}
