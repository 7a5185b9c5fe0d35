// The frame: header, the view that the address names, footer.

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { About } from "./about";
import { Accuracy } from "./accuracy";
import { Api } from "./api";
import { Check } from "./check";
import { Contact } from "./contact";
import { data, say } from "./data";
import { Examples } from "./examples";
import { TelegramNote } from "./mini-app";
import { launch } from "./telegram";
import { Quiz } from "./quiz";
import { THEMES, choose, theme, type Theme } from "./theme";

const VIEWS = { note: TelegramNote, check: Check, examples: Examples, quiz: Quiz, accuracy: Accuracy, about: About, api: Api };
type View = keyof typeof VIEWS;

const shownViews = (Object.keys(VIEWS) as View[]).filter((name) => name !== "note" || launch?.note);

const LANGUAGES = { "pt-BR": ["PT", "Português"], en: ["EN", "English"], es: ["ES", "Español"] };

const view = signal<View>(named());
addEventListener("hashchange", () => (view.value = named()));

function named(): View {
  const name = location.hash.slice(1);
  return shownViews.includes(name as View) ? (name as View) : shownViews[0];
}

export function App() {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const shown = view.value;
  useEffect(() => {
    document.title = shown === "check" ? say("title") : `${say(shown)} · Ouvido`;
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [shown]);
  const Shown = VIEWS[shown];
  return (
    <>
      <Header />
      <main ref={main} tabIndex={-1}>
        <Shown />
      </main>
      <Footer />
    </>
  );
}

function Header() {
  return (
    <header class="top">
      <p class="brand">
        <img src="page/icon.svg" alt="" width="30" height="30" />
        Ouvido
      </p>
      <nav class="languages" aria-label={say("languages")}>
        {Object.entries(LANGUAGES).map(([code, [short, name]]) => (
          <a
            href={inLanguage(code)}
            hreflang={code}
            lang={code}
            aria-label={`${short} ${name}`}
            title={name}
            aria-current={code === data.language ? "true" : undefined}
          >
            {short}
          </a>
        ))}
      </nav>
      <nav class="views" aria-label={say("views")}>
        {shownViews.filter((name) => name !== "api").map((name) => (
          <a href={`#${name}`} aria-current={name === view.value ? "page" : undefined}>
            {say(name)}
          </a>
        ))}
      </nav>
    </header>
  );
}

/** The same view; in Telegram also the same answer. */
function inLanguage(code: string): string {
  const query = new URLSearchParams(location.search);
  query.set("lang", code);
  return `?${query}#${view.value}`;
}

function Footer() {
  return (
    <footer>
      <p>{say("caution")}</p>
      <p>{say("privacy")}</p>
      <Contact />
      <p class="model">{say("model")}</p>
      <p>
        <a href="#api" aria-current={view.value === "api" ? "page" : undefined}>
          {say("api")}
        </a>
      </p>
      <p hidden={launch !== null}>
        <label>
          {say("theme")}{" "}
          <select
            id="theme"
            value={theme.value}
            onChange={(event) => choose(event.currentTarget.value as Theme)}
          >
            {THEMES.map((each) => (
              <option value={each}>{say(`theme_${each}`)}</option>
            ))}
          </select>
        </label>
      </p>
    </footer>
  );
}
