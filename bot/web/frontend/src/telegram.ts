// The page as Telegram's Mini App: what Telegram passes in the address, its theme, and the few events
// that go between the two (https://docs.telegram-mini-apps.com/platform/methods). Telegram's own script
// for that would come from elsewhere, which the page's policy forbids.

const WEB = "https://web.telegram.org"; // the browser version, which shows the page in a frame
const KEPT = "telegram";

export interface Launch {
  initData: string; // signed by Telegram; the server checks it
  theme: string; // JSON
  note: string; // the token of the answer that is asked for, may be empty
}

interface Host {
  TelegramWebviewProxy?: { postEvent(type: string, data: string): void }; // phones
  external?: { notify?(message: string): void }; // Windows
  Telegram?: unknown;
  TelegramGameProxy?: unknown;
}

const isMiniApp = location.pathname.endsWith("/mini-app");

export const launch = isMiniApp ? read() : null;
export const isOutside = isMiniApp && !launch;

/** From the address; where a change of language or view has taken it away, as it was before. */
function read(): Launch | null {
  const given = new URLSearchParams(location.hash.slice(1));
  const initData = given.get("tgWebAppData");
  try {
    if (!initData) return JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Launch | null;
    const found = { initData, theme: given.get("tgWebAppThemeParams") ?? "{}", note: token(initData) };
    sessionStorage.setItem(KEPT, JSON.stringify(found));
    return found;
  } catch {
    // a browser that keeps nothing
    return initData ? { initData, theme: given.get("tgWebAppThemeParams") ?? "{}", note: token(initData) } : null;
  }
}

/** In the button's address, or behind `startapp=` in a link. */
function token(initData: string): string {
  return new URLSearchParams(location.search).get("note") ?? new URLSearchParams(initData).get("start_param") ?? "";
}

export function begin(): void {
  if (!launch) return;
  paint(launch.theme);
  const receive = (type: string, content: { theme_params?: unknown } | null) => {
    if (type === "theme_changed") paint(JSON.stringify(content?.theme_params));
  };
  const host = window as unknown as Host;
  host.Telegram = { WebView: { receiveEvent: receive } };
  host.TelegramGameProxy = { receiveEvent: receive };
  addEventListener("message", ({ origin, data }) => {
    if (origin !== WEB) return;
    const { eventType, eventData } = parsed(data) as { eventType?: string; eventData?: { theme_params?: unknown } };
    if (eventType) receive(eventType, eventData ?? null);
  });
  if (parent !== window) post("iframe_ready", { reload_supported: true });
  post("web_app_ready");
  post("web_app_expand");
}

function post(eventType: string, eventData: object = {}): void {
  const host = window as unknown as Host;
  if (host.TelegramWebviewProxy) host.TelegramWebviewProxy.postEvent(eventType, JSON.stringify(eventData));
  else if (host.external?.notify) host.external.notify(JSON.stringify({ eventType, eventData }));
  else if (parent !== window) parent.postMessage(JSON.stringify({ eventType, eventData }), WEB);
}

/** Telegram's ground, cards and ink, as far as everything stays legible on them. */
function paint(theme: string): void {
  const colours = parsed(theme) as Record<string, unknown>;
  const [ground, card, ink] = [
    colours.secondary_bg_color ?? colours.bg_color,
    colours.section_bg_color ?? colours.bg_color,
    colours.text_color,
  ].map(light);
  if (card === null) return;
  const root = document.documentElement;
  root.dataset.theme = card.light > 0.3 ? "light" : "dark";
  // Person, machine and unsure have colours of their own, which need nearly white or nearly black.
  const fits = (each: Colour | null) => each && (card.light > 0.3 ? each.light >= 0.892 : each.light <= 0.05);
  set(root, "--ground", fits(ground) ? ground : null);
  set(root, "--card", fits(card) ? card : null);
  const reads = [ground, card].every((each) => fits(each) && ink && contrast(each!, ink) >= 7);
  set(root, "--ink", reads ? ink : null);
}

interface Colour {
  text: string;
  light: number; // relative luminance, 0..1
}

function light(colour: unknown): Colour | null {
  if (typeof colour !== "string" || !/^#[0-9a-f]{6}$/i.test(colour)) return null;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return { text: colour, light: 0.2126 * red + 0.7152 * green + 0.0722 * blue };
}

function contrast(one: Colour, other: Colour): number {
  const [dark, bright] = [one.light, other.light].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

function set(root: HTMLElement, name: string, colour: Colour | null): void {
  if (colour) root.style.setProperty(name, colour.text);
  else root.style.removeProperty(name);
}

function parsed(text: unknown): object {
  try {
    return (JSON.parse(String(text)) as object | null) ?? {};
  } catch {
    return {};
  }
}
