// The notes on the page: a queue, one at a time to the server, each kept in the browser.

import { signal } from "@preact/signals";
import { data, say } from "./data";
import { device, onDevice } from "./private/mode";
import { Refused, ask, inOtherWords } from "./server";
import * as storage from "./storage";
import type { Note, Whole } from "./types";

const BUSY_TRIES = 30; // a few minutes
const LONGEST_WAIT = 90; // s for which the queue waits by itself once it has sent its share
const STAYED = 5_000; // ms after which a page that was to be left is taken to have stayed
const PASSING = new Set(["lost", "busy", "failed", "took_too_long", "proxy_down", "too_many_requests", "not_ready", "cannot_run"]); // that another try may mend

export const notes = signal<Note[]>([]);
export const opened = signal<number | null>(null); // the note that shows everything
export const problem = signal(""); // of the page as a whole
export const news = signal(""); // for screen readers
export const keeps = signal(true); // whether this browser keeps anything

const CLEARED = "cleared"; // what tabs tell each other

const requests = new Map<number, AbortController>();
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("ouvido") : null;
tabs?.addEventListener("message", ({ data }) => data === CLEARED && forgetHere());
let working = false;
let leaving = false; // the browser ends the requests of a page that is closed or reloaded
let staying = 0; // a timer
for (const event of ["beforeunload", "pagehide"]) addEventListener(event, leave);

/** What is under way stays pending and is sent when the page opens again, or after all stays open. */
function leave(): void {
  leaving = true;
  clearTimeout(staying);
  staying = setTimeout(() => {
    leaving = false;
    void work();
  }, STAYED);
}

export async function restore(): Promise<void> {
  const found = await storage.kept();
  const before = new Set(notes.value.map((note) => note.id));
  const restored = found
    .filter((note) => !before.has(note.id))
    .map((note) => (isPending(note) ? pending(note) : note));
  notes.value = sorted([...notes.value, ...restored]);
  if (notes.value.length) openAlone(notes.value[0]);
  void work();
  for (const note of restored) await translate(note);
}

async function translate(note: Note): Promise<void> {
  if (!note.whole || note.whole.words.language === data.language) return;
  const translator = note.whole.onDevice ? (await device()).inOtherWords : inOtherWords;
  const whole = await translator(note.whole).catch(() => null); // else it stays as it was
  if (whole) await change(note.id, { whole });
}

export function take(files: File[]): void {
  problem.value = "";
  if (!files.length) return;
  const batch = Date.now();
  const added = files.map((file, index): Note => {
    const note = { id: batch * 1000 + index, batch, name: file.name, file, onDevice: onDevice.value, whole: null, error: "" };
    const large = file.size > data.maxBytes;
    if (!large) return pending(note);
    return { ...pending(note), file: null, state: "failed", error: say("too_large") };
  });
  notes.value = sorted([...notes.value, ...added]);
  opened.value = null;
  scrollTo({ top: 0 });
  for (const note of added) void save(note);
  void work();
}

export function retry(note: Note): void {
  change(note.id, pending(note)).then(work);
}

/** The server is asked about a note that was checked, or could not be, on this device. */
export function send(note: Note): void {
  change(note.id, { ...pending(note), onDevice: false }).then(work);
}

export async function remove(note: Note): Promise<void> {
  requests.get(note.id)?.abort();
  notes.value = notes.value.filter((other) => other.id !== note.id);
  await storage.forget(note.id);
}

/** In all tabs, or another one would keep its notes again. */
export async function removeAll(): Promise<void> {
  forgetHere();
  tabs?.postMessage(CLEARED);
  await storage.forgetAll();
  news.value = say("cleared");
}

function forgetHere(): void {
  for (const request of requests.values()) request.abort();
  notes.value = [];
}

/** Of several files at once each shows its answer in short, so that all are seen. */
function openAlone(note: Note): void {
  const alone = notes.value.filter((other) => other.batch === note.batch).length === 1;
  if (alone) opened.value ??= note.id;
}

function isPending(note: Note): boolean {
  return ["waiting", "sending", "listening"].includes(note.state);
}

function pending(note: Pick<Note, "id" | "batch" | "name" | "file" | "onDevice">): Note {
  const { id, batch, name, file, onDevice } = note;
  const begin = { state: "waiting" as const, done: null, hint: "", error: "", mayRetry: false };
  return { id, batch, name, file, onDevice, ...begin, whole: null };
}

function sorted(some: Note[]): Note[] {
  return some.sort((one, other) => other.batch - one.batch || one.id - other.id);
}

function show(id: number, changed: Partial<Note>): void {
  notes.value = notes.value.map((note) => (note.id === id ? { ...note, ...changed } : note));
}

async function change(id: number, changed: Partial<Note>): Promise<void> {
  show(id, changed);
  const note = notes.value.find((each) => each.id === id);
  if (note) await save(note);
}

async function save(note: Note): Promise<void> {
  const is = await storage.keep(note);
  if (!notes.value.some((each) => each.id === note.id)) await storage.forget(note.id); // removed meanwhile
  keeps.value = is;
}

async function work(): Promise<void> {
  if (working) return;
  working = true;
  try {
    for (let note; !leaving && (note = notes.value.find((each) => each.state === "waiting")); ) await inTurn(note);
  } finally {
    working = false;
  }
}

/** Of several tabs one sends; what another one has answered meanwhile is not sent again. */
async function inTurn(note: Note): Promise<void> {
  const turn = async () => {
    const known = await storage.read(note.id);
    if (known && !isPending(known)) show(note.id, known);
    else if (notes.value.some((each) => each.id === note.id)) await answer(note);
  };
  await (navigator.locks ? navigator.locks.request("ouvido-queue", turn) : turn());
}

async function answer(note: Note, tries = 0): Promise<void> {
  if (!note.file) return fail(note, new Refused("gone", say("file_gone")));
  const request = new AbortController();
  requests.set(note.id, request);
  const heard = (done: number | null) => show(note.id, { state: "listening", done, hint: "" });
  try {
    const whole = await (note.onDevice ? listen(note.file, request.signal, heard) : sent(note, note.file, request.signal, heard));
    openAlone(note);
    news.value = `${note.name}: ${whole.words.cut} ${whole.words.headline}`;
    await change(note.id, { state: "answered", done: null, whole });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (request.signal.aborted) return;
    if (leaving) return show(note.id, pending(note));
    const busy = error.code === "busy";
    const share = error.code === "too_many_requests" && error.waitSeconds <= LONGEST_WAIT;
    if (!(busy || share) || tries === BUSY_TRIES) return await fail(note, error);
    show(note.id, { state: "listening", done: null, hint: busy ? say("busy") : error.message });
    const seconds = busy ? Math.min(error.waitSeconds || 10, 30) : error.waitSeconds;
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    if (!request.signal.aborted) await answer(note, tries + 1);
  } finally {
    requests.delete(note.id);
  }
}

function sent(note: Note, file: Blob, signal: AbortSignal, heard: (done: number | null) => void): Promise<Whole> {
  show(note.id, { state: "sending", done: 0, hint: "" });
  return ask(file, note.name, { signal, sent: (done) => show(note.id, { done }), heard });
}

async function listen(file: Blob, signal: AbortSignal, heard: (done: number | null) => void): Promise<Whole> {
  heard(null);
  try {
    return await (await device()).listen(file, signal, heard);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("failed", say("private_failed"));
  }
}

async function fail(note: Note, error: Refused): Promise<void> {
  news.value = `${note.name}: ${error.message}`;
  const mayRetry = PASSING.has(error.code);
  await change(note.id, { state: "failed", done: null, hint: "", error: error.message, mayRetry });
}
