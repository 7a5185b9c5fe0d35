// What checking on the device takes: a list by the server, and the files in it, which this browser keeps.

import type { Settings } from "./worker";

export interface Kit {
  model: string;
  files: { name: string; address: string; bytes: number; download: number; sha256: string }[];
  settings: Settings;
  // Of 100 notes of a group how many were unsure and wrong in the model's test; null: not measured.
  accuracy: Record<string, Record<"people" | "machines", { unsure: number; wrong: number }>> | null;
  words: Record<string, string>; // Fluent's messages, by language
}

type Entry = Kit["files"][number];

const LIST = "private/kit.json";
const CACHE = "ouvido-private";
const MB = 1_000_000;

let known: Promise<Kit> | null = null;

/** The server's list, else the one that was kept. */
export function kit(): Promise<Kit> {
  known ??= ask().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

async function ask(): Promise<Kit> {
  const cache = await opened();
  const fresh = await fetch(LIST).catch(() => null);
  if (fresh?.ok) await cache?.put(LIST, fresh.clone()).catch(() => undefined);
  const list = fresh?.ok ? fresh : await cache?.match(LIST);
  if (!list) throw new Error("no list");
  return (await list.json()) as Kit;
}

/** Megabytes that have to be fetched, 0 when all is there. */
export async function missing(): Promise<number> {
  const entries = await entriesMissing(await kit());
  return entries.reduce((total, entry) => total + entry.download, 0) / MB;
}

export async function fetchMissing(progress: (share: number) => void, signal: AbortSignal): Promise<void> {
  const list = await kit();
  const entries = await entriesMissing(list);
  const whole = entries.reduce((total, entry) => total + entry.bytes, 0);
  let before = 0;
  for (const entry of entries) {
    const bytes = await fetched(entry, (done) => progress((before + done) / whole), signal);
    await keep(entry, bytes);
    before += entry.bytes;
  }
  await removeOthers(list);
}

/** Each file's bytes, by its name. */
export async function contents(): Promise<Record<string, ArrayBuffer>> {
  const cache = await opened();
  const { files } = await kit();
  const found = files.map(async (entry): Promise<[string, ArrayBuffer]> => {
    const kept = held.get(entry.address) ?? (await (await cache?.match(entry.address))?.arrayBuffer());
    return [entry.name, kept ?? (await fetched(entry, () => undefined))];
  });
  return Object.fromEntries(await Promise.all(found));
}

// Where the browser keeps nothing (no room, a page without https), until the page is closed.
const held = new Map<string, ArrayBuffer>();

async function keep(entry: Entry, bytes: ArrayBuffer): Promise<void> {
  const cache = await opened();
  try {
    await cache!.put(entry.address, new Response(bytes));
  } catch {
    held.set(entry.address, bytes);
  }
}

async function fetched(entry: Entry, progress: (done: number) => void, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(entry.address, { signal });
  if (!response.ok || !response.body) throw new Error(`${entry.address}: ${response.status}`);
  const bytes = new Uint8Array(entry.bytes);
  let done = 0;
  const reader = response.body.getReader();
  for (let part; !(part = await reader.read()).done; ) {
    bytes.set(part.value, done); // more than were promised are an error
    done += part.value.length;
    progress(done);
  }
  const hash = await digest(bytes.buffer);
  if (done !== entry.bytes || (hash && hash !== entry.sha256)) throw new Error(`${entry.address} is damaged`);
  return bytes.buffer;
}

/** SHA-256 in hexadecimal; "" on a page without https, which has no means to compute it. */
export async function digest(bytes: ArrayBuffer): Promise<string> {
  if (!crypto.subtle) return "";
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function entriesMissing(list: Kit): Promise<Entry[]> {
  const cache = await opened();
  const have = await Promise.all(list.files.map(async ({ address }) => held.has(address) || (await cache?.match(address))));
  return list.files.filter((_, i) => !have[i]);
}

/** Files of an earlier release. */
async function removeOthers(list: Kit): Promise<void> {
  const cache = await opened();
  const wanted = new Set([LIST, ...list.files.map((entry) => entry.address)].map((each) => new URL(each, document.baseURI).href));
  for (const request of (await cache?.keys()) ?? []) {
    if (!wanted.has(request.url)) await cache!.delete(request);
  }
}

async function opened(): Promise<Cache | null> {
  return "caches" in window ? caches.open(CACHE).catch(() => null) : null;
}
