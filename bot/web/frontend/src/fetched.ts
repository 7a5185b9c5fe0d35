// What a view fetches when it is shown.

import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused, get } from "./server";

/** `found` is null until it is there; `failure` says why it does not come. */
export function useFetched<Found>(path: string, folder?: string): { found: Signal<Found | null>; failure: Signal<string> } {
  const found = useSignal<Found | null>(null);
  const failure = useSignal("");
  useEffect(() => {
    get<Found>(path, folder)
      .then((answer) => (found.value = answer))
      .catch((error: unknown) => (failure.value = error instanceof Refused ? error.message : String(error)));
  }, [path]);
  return { found, failure };
}
