// What is said of a verdict, in the reader's language: bot/texts.py, scale.py and web/words.py for one
// that was made here. The sentences are the server's own.

import { FluentBundle, FluentResource } from "@fluent/bundle";
import { clock, data } from "../data";
import type { Words } from "../types";
import type { Kit } from "./kit";
import { type Verdict, isBetween, label, lean, nobodySpeaks } from "./pipeline/verdict";

const SURENESS: [string, number][] = [["very", 90], ["fairly", 75], ["hardly", 50]];
const LENGTHS: [string, number][] = [["speech_under_2", 2], ["speech_2_to_4", 4], ["speech_over_4", 8]];
const RANGES = 4; // of the stretches that sounded synthetic
const REASONS = 3; // that are told
const ENOUGH = 10; // s of speech
const ROUNDING = 1e-9;

export type Say = (key: string, values?: Record<string, string | number>) => string;

/** The server's sentences; `key` is a message's whole name. */
export function sayings(kit: Kit): Say {
  const bundle = new FluentBundle(data.language, { useIsolating: false });
  bundle.addResource(new FluentResource(kit.words[data.language]));
  return (key, values = {}) => {
    const message = bundle.getMessage(key);
    if (!message?.value) throw new Error(`no words for ${key}`);
    return bundle.formatPattern(message.value, values); // throws where a value is missing
  };
}

export function wordsOf(verdict: Verdict, sha256: string, kit: Kit): Words {
  const say = sayings(kit);
  const kind = label(verdict);
  const judged = kind === "human" || kind === "synthetic" || isBetween(verdict);
  const drawn = verdict.reasons.every((reason) => reason === "unsure");
  const leaning = lean(verdict);
  return {
    language: data.language,
    label: kind,
    lean: leaning,
    judged,
    cut: "",
    headline: say(`verdict-${leaning ? `leans_${leaning}` : kind}`),
    lines: [...why(verdict, say), ...heard(verdict, say)],
    advice: advice(verdict, say),
    marks: kind === "synthetic" ? say("private-marks") : "",
    stretches: stretches(verdict).map(({ start, end, synthetic }) => {
      const time = `${clock(start)}–${clock(end)}`;
      return { start, end, synthetic, words: say(`chart-${synthetic ? "machine" : "person"}`, { time }) };
    }),
    why: { heading: say("why-heading"), lines: grounds(verdict, judged, kit, say) },
    file: {
      heading: say("why-file"),
      facts: sha256 ? [[say("report-fact_sha256"), sha256]] : [],
      worth: say("private-facts"),
    },
    chart: drawn ? { box: [0, 0, 0, 0], width: 0, start: 0, end: verdict.duration_seconds } : null, // the box: see device.ts
  };
}

/** In %, rounded towards 50. */
function percent(score: number): number {
  const rounded = score >= 0.5 ? Math.floor(score * 100 + ROUNDING) : Math.ceil(score * 100 - ROUNDING);
  return Math.min(Math.max(rounded, 1), 99);
}

function limits({ thresholds: [low, high] }: Verdict): { low: number; high: number } {
  return { low: Math.floor(100 * low + ROUNDING), high: Math.ceil(100 * high - ROUNDING) };
}

function chance(verdict: Verdict, say: Say): string[] {
  const kind = label(verdict);
  const number = percent(verdict.score);
  if (kind === "mixed") return [];
  if (kind !== "inconclusive") {
    const own = Math.max(number, 100 - number);
    const how = SURENESS.find(([, least]) => own >= least)![0];
    return [say(`sure-${how}_${kind}`, { percent: number })];
  }
  if (!isBetween(verdict)) return [];
  const leaning = lean(verdict);
  return [say(`sure-${leaning ? `leans_${leaning}` : "unsure"}`, { percent: number, ...limits(verdict) })];
}

function why(verdict: Verdict, say: Say): string[] {
  const reason = verdict.reasons.map((each) => say(`reasons-${each}`)).join("; ");
  return [...chance(verdict, say), ...(reason ? [say("verdict-reason", { reason })] : [])];
}

function heard(verdict: Verdict, say: Say): string[] {
  const told = [...(verdict.channel ? [say(`verdict-${verdict.channel}`)] : []), ...where(verdict, say)];
  return verdict.seconds < 1 ? told : [say("verdict-seconds", { time: clock(verdict.seconds) }), ...told];
}

function where(verdict: Verdict, say: Say): string[] {
  const found = label(verdict) === "inconclusive" ? [] : synthetic(verdict);
  if (!found.length) return [];
  const last = verdict.windows[verdict.windows.length - 1];
  if (found.length === 1 && found[0][0] === verdict.windows[0].start && found[0][1] === last.end) return [say("verdict-everywhere")];
  const said = found.slice(0, RANGES).map(([start, end]) => `${clock(start)}–${clock(end)}`).join(", ");
  const more = found.length - RANGES;
  return [say("verdict-ranges", { ranges: more > 0 ? say("verdict-more", { ranges: said, count: more }) : said })];
}

function advice(verdict: Verdict, say: Say): string[] {
  const kind = label(verdict);
  if (kind !== "inconclusive") return [say(`verdict-by_${kind}`)];
  const helps = say(`advice-${adviceOf(verdict)}`);
  return nobodySpeaks(verdict) ? [helps] : [helps, say("verdict-in_doubt")];
}

function adviceOf({ reasons: [first], seconds }: Verdict): string {
  return first === "unsure" && seconds < ENOUGH ? "longer" : first;
}

/** Start and end of what sounded synthetic; of two windows that overlap each has its half. */
function synthetic({ windows, thresholds, segments }: Verdict): [number, number][] {
  if (segments.length) return segments.filter((each) => each.label === "synthetic").map(({ start, end }) => [start, end]);
  const found: [number, number][] = [];
  windows.forEach((window, i) => {
    if (window.score < thresholds[1]) return;
    const before = windows[i - 1]?.end ?? window.start;
    const after = windows[i + 1]?.start ?? window.end;
    const start = (window.start + Math.max(before, window.start)) / 2;
    const end = (window.end + Math.min(after, window.end)) / 2;
    const last = found[found.length - 1];
    if (last && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  });
  return found;
}

function stretches(verdict: Verdict): { start: number; end: number; synthetic: boolean }[] {
  if (verdict.segments.length) return verdict.segments.map((each) => ({ ...each, synthetic: each.label === "synthetic" }));
  if (label(verdict) !== "synthetic") return [];
  return synthetic(verdict).map(([start, end]) => ({ start, end, synthetic: true }));
}

/** On what the answer rests. */
function grounds(verdict: Verdict, judged: boolean, kit: Kit, say: Say): string[] {
  const lines = [heard(verdict, say).join(" "), ...meaning(verdict, say)];
  if (judged) lines.push(say("why-limits", limits(verdict)));
  return [...lines, ...errors(verdict, kit, say)].filter(Boolean);
}

function meaning(verdict: Verdict, say: Say): string[] {
  const kind = label(verdict);
  if (kind === "synthetic") return [say("private-marks")];
  if (kind !== "inconclusive") return [say(`why-${kind}`)];
  const told = verdict.reasons.slice(0, REASONS);
  const helps = [adviceOf(verdict), ...told.slice(1)];
  return told.map((each, i) => say("why-reason", { reason: say(`reasons-${each}`), advice: say(`advice-${helps[i]}`) }));
}

/** How often this very kind of answer was wrong in the test, of 100 notes as long as this. */
function errors(verdict: Verdict, { accuracy }: Kit, say: Say): string[] {
  const kind = label(verdict);
  if (!accuracy || kind === "inconclusive" || kind === "mixed") return [];
  const wanted = LENGTHS.find(([, most]) => verdict.seconds < most)?.[0] ?? "all";
  const name = wanted in accuracy ? wanted : "all";
  const truth = kind === "synthetic" ? "people" : "machines";
  return [say(`why-${truth}`, { like: say(`why-like_${name}`), ...accuracy[name][truth] })];
}
