import { render } from "preact";
import { App } from "./app";
import { listen } from "./check";
import { keepLanguage } from "./data";
import { restore } from "./notes";
import { restoreMode } from "./private/mode";
import { restoreTheme } from "./theme";
import "./style.css";
import "./check.css";
import "./note.css";
import "./views.css";
import "./frame.css";

keepLanguage();
restoreTheme();
render(<App />, document.body);
listen();
restoreMode();
void restore();
navigator.serviceWorker?.register("service-worker.js").catch(() => undefined); // e.g. in a private window
