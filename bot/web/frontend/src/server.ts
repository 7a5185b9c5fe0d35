// Requests to the server the page came from.

import { data, say } from "./data";
import type { Launch } from "./telegram";
import type { Answer, Chart, Part, Whole, Words } from "./types";

/** An answer that is none; `code` is the server's, "lost" without a connection. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly waitSeconds = 0,
  ) {
    super(message);
  }
}

export interface Progress {
  sent?: (share: number) => void;
  heard?: (share: number | null) => void;
  signal?: AbortSignal;
}

type Line = Record<string, unknown>;

const LONGEST_NAME = 100; // characters that are sent of a file's; servers take no header without end
const QUIET = 30_000; // ms; the server says something more often, also while a file waits its turn
const QUIET_TIMES = 3; // until the connection counts as lost: a device may have slept meanwhile
const UNHEARD_TIMES = 20; // the same while nothing came back yet: a proxy may keep it until all is there

export async function ask(file: Blob, name: string, progress: Progress): Promise<Whole> {
  return toWhole(await post("answers", form(file, name), progress));
}

/** A part judged by itself, in whole seconds of a recording `of` so many. */
export async function askPart(
  file: Blob,
  [start, end]: [number, number],
  of: number,
  signal: AbortSignal,
): Promise<Part> {
  const path = `answers?start=${start}&end=${end}&of=${of}`;
  const line = await post(path, form(file, "part"), { signal });
  return {
    said: line.said as string,
    chart: line.chart as Chart | null,
    picture: toBlob(line.picture as string),
  };
}

/** A kept answer in the page's language. */
export async function inOtherWords(whole: Whole): Promise<Whole> {
  const sent = new FormData();
  sent.append("answer", JSON.stringify(whole.answer));
  sent.append("picture", whole.picture, "picture.jpg");
  const line = await post("words", sent, {});
  return { ...whole, words: line.words as Words, picture: toBlob(line.picture as string) };
}

/** What the comparison of two voices says. */
export async function compare(suspicious: Blob, known: File): Promise<string> {
  const sent = form(suspicious, "suspicious");
  sent.append("files", known, "known");
  return (await post("comparison", sent, {})).said as string;
}

export async function report(file: Blob, name: string, kind: "pdf" | "json"): Promise<Blob> {
  return (await send(`report.${kind}`, form(file, name))).blob().catch(lost);
}

/** The answer that Telegram's button belongs to. */
export async function keptAnswer(launch: Launch): Promise<Whole> {
  return toWhole(await (await send("mini-app/note", opening(launch))).json().catch(lost));
}

/** Its sound, as Telegram has it. */
export async function keptSound(launch: Launch): Promise<Blob> {
  return (await send("mini-app/sound", opening(launch))).blob().catch(lost);
}

function opening({ initData, note }: Launch): Blob {
  return new Blob([JSON.stringify({ init_data: initData, note })], { type: "application/json" });
}

async function send(path: string, body: BodyInit): Promise<Response> {
  const response = await fetch(`page-api/${path}?lang=${data.language}`, { method: "POST", body }).catch(lost);
  if (!response.ok) throw refused(await response.text().catch(lost), response.headers.get("Retry-After"));
  return response;
}

function lost(): never {
  throw new Refused("lost", say("lost"));
}

export async function get<Found>(path: string, folder = "page-api"): Promise<Found> {
  const mark = path.includes("?") ? "&" : "?";
  const response = await fetch(`${folder}/${path}${mark}lang=${data.language}`).catch(lost);
  if (!response.ok) throw refused(await response.text().catch(lost), response.headers.get("Retry-After"));
  return response.json().catch(lost);
}

function form(file: Blob, name: string): FormData {
  const sent = new FormData();
  sent.append("files", file, name.slice(-LONGEST_NAME));
  return sent;
}

/** XMLHttpRequest, because fetch tells nothing of the progress of an upload. */
function post(path: string, body: FormData, progress: Progress): Promise<Line> {
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const lost = () => reject(new Refused("lost", say("lost")));
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress.sent?.(event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => progress.heard?.(null));
    request.addEventListener("progress", () => {
      const { heard, total } = lastLine(request.responseText);
      if (typeof heard === "number") progress.heard?.(heard / Number(total));
    });
    request.addEventListener("load", () => {
      const line = lastLine(request.responseText);
      if (request.status === 200 && !line.error && !("heard" in line) && Object.keys(line).length) resolve(line);
      else if (!line.error && !line.detail && request.status !== 200) reject(byProxy(request.status));
      else reject(refused(JSON.stringify(line), request.getResponseHeader("Retry-After")));
    });
    for (const event of ["error", "abort", "timeout"]) request.addEventListener(event, lost);
    progress.signal?.addEventListener("abort", () => request.abort());
    if (path.startsWith("answers")) watch(request);
    const mark = path.includes("?") ? "&" : "?";
    request.open("POST", `page-api/${path}${mark}lang=${data.language}`);
    request.send(body);
  });
}

/** A network may die without a word: without any progress the request is given up. */
function watch(request: XMLHttpRequest): void {
  let [quiet, most] = [0, QUIET_TIMES];
  const timer = setInterval(() => ++quiet >= most && request.abort(), QUIET);
  const moved = (allowed: number) => () => ([quiet, most] = [0, allowed]);
  request.upload.addEventListener("progress", moved(QUIET_TIMES));
  request.upload.addEventListener("load", moved(UNHEARD_TIMES));
  request.addEventListener("progress", moved(QUIET_TIMES));
  request.addEventListener("loadend", () => clearInterval(timer));
}

/** The last whole line of JSON; a refusal is one without an end. Nothing of a proxy's own page. */
function lastLine(text: string): Line {
  const whole = text.includes("\n") ? text.slice(0, text.lastIndexOf("\n")) : text;
  try {
    return JSON.parse(whole.slice(whole.lastIndexOf("\n") + 1)) as Line;
  } catch {
    return {};
  }
}

function refused(text: string, wait: string | null): Refused {
  try {
    const { code, detail, error } = JSON.parse(text); // a problem, or a line of an answer under way
    return detail ? new Refused(code, detail, Number(wait)) : new Refused(error.code, error.message);
  } catch {
    return new Refused("lost", say("lost"));
  }
}

/** A proxy's own refusal, which is not in our words. */
function byProxy(status: number): Refused {
  if (status === 413) return new Refused("proxy_too_large", say("proxy_too_large"));
  return [502, 503, 504].includes(status) ? new Refused("proxy_down", say("proxy_down")) : new Refused("lost", say("lost"));
}

function toWhole(line: Line): Whole {
  return {
    answer: line.answer as Answer,
    words: line.words as Words,
    picture: toBlob(line.picture as string),
  };
}

function toBlob(url: string): Blob {
  const body = atob(url.slice(url.indexOf(",") + 1));
  const bytes = Uint8Array.from(body, (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: "image/jpeg" });
}
