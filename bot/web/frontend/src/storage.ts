// Files and answers in this browser, so that reloading loses nothing. A browser that keeps nothing
// (a private window, no room) is no error: `keep` says so.

import { openDB, type IDBPDatabase } from "idb";
import type { Note } from "./types";

const database: Promise<IDBPDatabase | null> = openDB("ouvido", 1, {
  upgrade: (created) => void created.createObjectStore("notes", { keyPath: "id" }),
}).catch(() => null);

export async function kept(): Promise<Note[]> {
  const opened = await database;
  return ((await opened?.getAll("notes").catch(() => [])) ?? []) as Note[];
}

export async function read(id: number): Promise<Note | undefined> {
  const opened = await database;
  return (await opened?.get("notes", id).catch(() => undefined)) as Note | undefined;
}

/** Whether it is kept, if need be without its file. */
export async function keep(note: Note): Promise<boolean> {
  const opened = await database;
  if (!opened) return false;
  for (const version of [note, { ...note, file: null }]) {
    try {
      await opened.put("notes", version);
      return true;
    } catch {
      // no room for the file
    }
  }
  return false;
}

export async function forget(id: number): Promise<void> {
  await (await database)?.delete("notes", id);
}

export async function forgetAll(): Promise<void> {
  await (await database)?.clear("notes");
}
