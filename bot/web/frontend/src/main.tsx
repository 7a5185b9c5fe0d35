import { render } from "preact";
import { App } from "./app";
import { listen } from "./check";
import { keepLanguage, say } from "./data";
import { problem, restore } from "./notes";
import { restoreMode } from "./private/mode";
import { begin, isOutside, launch } from "./telegram";
import { restoreTheme } from "./theme";
import "./style.css";
import "./check.css";
import "./note.css";
import "./views.css";
import "./frame.css";

keepLanguage();
if (launch) begin();
else restoreTheme();
if (isOutside) problem.value = say("telegram_outside");
render(<App />, document.body);
listen();
restoreMode();
void restore();
navigator.serviceWorker?.register("service-worker.js").catch(() => undefined); // e.g. in a private window
