// A recording is judged on this device: the browser decodes, a worker listens, the words are put here.
// Once the runtime and the networks are there, nothing is asked of the server.

import { Refused } from "../server";
import type { Answer, Note, Whole } from "../types";
import { MOST_SECONDS, decode } from "./decoding";
import { contents, digest, fetchMissing as fetchFiles, kit, missing } from "./kit";
import { type Phase, phase } from "./mode";
import type { Verdict } from "./pipeline/verdict";
import { type Say, sayings, wordsOf } from "./words";
import type { Files, Order, Report } from "./worker";

const LIMIT = { minutes: MOST_SECONDS / 60 };

let worker: Promise<Worker> | null = null; // with everything loaded

/** What has to be fetched before the first check. */
export async function look(): Promise<Phase> {
  try {
    const say = sayings(await kit());
    const megabytes = await missing();
    if (!megabytes) return { name: "ready", words: say("private-ready", LIMIT) };
    return { name: "offered", words: say("private-size", { ...LIMIT, megabytes: Math.max(Math.round(megabytes), 1) }) };
  } catch {
    return { name: "failed" };
  }
}

export async function fetchMissing(progress: (share: number) => void, signal: AbortSignal): Promise<Phase> {
  try {
    await fetchFiles(progress, signal);
    await ready();
  } catch {
    return { name: "failed" };
  }
  return look();
}

/** The answer for a note, as `ask` of server.ts gives the server's. */
export async function listen(file: Blob, signal: AbortSignal, heard: (share: number) => void): Promise<Whole> {
  const say = sayings(await kit());
  try {
    return await answer(file, say, signal, heard);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("cannot_run", say("private-cannot_run")); // e.g. no memory
  }
}

async function answer(file: Blob, say: Say, signal: AbortSignal, heard: (share: number) => void): Promise<Whole> {
  if (phase.value.name !== "ready" && (await look()).name !== "ready") throw new Refused("not_ready", say("private-not_ready"));
  const { channels, rate } = await decode(file, (key) => say(key, LIMIT));
  if (signal.aborted) throw new Refused("aborted", "");
  const order: Order = { channels, rate };
  const found = await asked(await ready(), order, channels.map(({ buffer }) => buffer as ArrayBuffer), say, signal, heard);
  const sha256 = await digest(await file.arrayBuffer());
  return wholeOf(found.verdict, sha256, found.picture);
}

/** A kept answer in the page's language. */
export async function inOtherWords({ answer, picture }: Whole): Promise<Whole> {
  return wholeOf(answer.verdict as Verdict, answer.sha256, picture);
}

async function wholeOf(verdict: Verdict, sha256: string, picture: Blob): Promise<Whole> {
  const words = wordsOf(verdict, sha256, await kit());
  if (words.chart) {
    const { width, height } = await createImageBitmap(picture);
    Object.assign(words.chart, { box: [0, 0, width, height], width });
  }
  return { answer: { sha256, verdict } as Answer, words, picture, onDevice: true };
}

/** What a person may keep of an answer that was made here. */
export function record(note: Note, whole: Whole): Blob {
  const kept = { file: note.name, sha256: whole.answer.sha256, checked: "on this device", verdict: whole.answer.verdict };
  return new Blob([JSON.stringify(kept, null, 2) + "\n"], { type: "application/json" });
}

function ready(): Promise<Worker> {
  worker ??= begin().catch((error: unknown) => {
    worker = null;
    throw error;
  });
  return worker;
}

async function begin(): Promise<Worker> {
  const [files, { settings }] = [(await contents()) as unknown as Files, await kit()];
  const begun = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const order: Order = { files, settings };
  begun.postMessage(order, Object.values(files));
  await new Promise<void>((resolve, reject) => {
    begun.onmessage = ({ data }: MessageEvent<Report>) => (data.kind === "ready" ? resolve() : reject(new Error(data.kind)));
    begun.onerror = () => reject(new Error("the worker does not start"));
  });
  return begun;
}

function asked(
  listener: Worker,
  order: Order,
  memory: ArrayBuffer[],
  say: Say,
  signal: AbortSignal,
  heard: (share: number) => void,
): Promise<Report & { kind: "judged" }> {
  return new Promise((resolve, reject) => {
    const end = (code: string, message: string) => {
      listener.terminate(); // it may be in the middle of a window, or out of memory
      worker = null;
      reject(new Refused(code, message));
    };
    signal.addEventListener("abort", () => end("aborted", ""));
    listener.onerror = () => end("cannot_run", say("private-cannot_run"));
    listener.onmessage = ({ data }: MessageEvent<Report>) => {
      if (data.kind === "heard") heard(data.heard / data.total);
      else if (data.kind === "judged") resolve(data);
      else end("cannot_run", say("private-cannot_run"));
    };
    listener.postMessage(order, memory);
  });
}
