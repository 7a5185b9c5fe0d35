// Whether files are checked on this device, and how far it is with what it needs for that.

import { signal } from "@preact/signals";

export type Phase =
  | { name: "off" }
  | { name: "asking" }
  | { name: "offered"; words: string } // says what has to be fetched, once
  | { name: "fetching"; share: number }
  | { name: "ready"; words: string }
  | { name: "failed" };

const KEY = "private";
let download = new AbortController();

export const onDevice = signal(false);
export const phase = signal<Phase>({ name: "off" });

export function restoreMode(): void {
  try {
    if (localStorage.getItem(KEY)) void choose(true);
  } catch {
    // a browser that keeps nothing
  }
}

export async function choose(chosen: boolean): Promise<void> {
  onDevice.value = chosen;
  try {
    if (chosen) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
  } catch {
    // as above
  }
  if (!chosen) {
    download.abort();
    phase.value = { name: "off" };
    return;
  }
  if (phase.value.name !== "ready") await prepare();
}

/** Ask what is missing; its size is named before any of it is fetched. */
export async function prepare(): Promise<void> {
  phase.value = { name: "asking" };
  const found = await device().then((it) => it.look(), lost);
  if (onDevice.value) phase.value = found;
}

export async function fetchMissing(): Promise<void> {
  const { signal } = (download = new AbortController());
  const told = (now: Phase) => {
    if (!signal.aborted) phase.value = now;
  };
  told({ name: "fetching", share: 0 });
  told(await device().then((it) => it.fetchMissing((share) => told({ name: "fetching", share }), signal), lost));
}

async function lost(): Promise<Phase> {
  return { name: "failed" };
}

/** All else is loaded only by who wants it. */
export function device() {
  return import("./device");
}
