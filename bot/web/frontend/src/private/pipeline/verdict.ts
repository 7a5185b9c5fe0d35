// Scores become an answer: inference/verdict.py.

import constants from "./constants.json";

const { LEAN, CERTAIN } = constants.verdict;
const ORDER: readonly string[] = constants.verdict.REASONS;
const LEANING: readonly string[] = constants.verdict.LEANING;
const NOBODY_SPEAKS: readonly string[] = constants.verdict.NOBODY_SPEAKS;
const CARE: readonly string[] = constants.verdict.CARE;

export type Label = "human" | "synthetic" | "mixed" | "inconclusive";

export interface Window {
  start: number; // s
  end: number;
  score: number; // P(synthetic)
}

export interface Segment {
  start: number; // s
  end: number;
  label: "human" | "synthetic";
  probability: number;
}

export interface Verdict {
  score: number;
  thresholds: [number, number];
  reasons: string[];
  seconds: number; // of speech
  windows: Window[];
  model: string;
  pictured: boolean;
  segments: Segment[];
  duration_seconds: number;
  heard_seconds: number;
  channel: "left" | "right" | null;
}

export function label(verdict: Verdict): Label {
  if (verdict.reasons.length) return "inconclusive";
  if (verdict.segments.length) return "mixed";
  return verdict.score >= verdict.thresholds[1] ? "synthetic" : "human";
}

/** To which side "I can't tell" leans, if to any. */
export function lean(verdict: Verdict): "human" | "synthetic" | null {
  if (!verdict.reasons.length || verdict.reasons.some((reason) => !LEANING.includes(reason))) return null;
  if (verdict.score >= LEAN) return "synthetic";
  return verdict.score <= 1 - LEAN ? "human" : null;
}

/** Whether nothing but the score, between the thresholds, speaks against an answer. */
export function isBetween({ reasons, score, thresholds: [low, high] }: Verdict): boolean {
  return reasons.length === 1 && ["unsure", "narrow_band"].includes(reasons[0]) && low < score && score < high;
}

export function nobodySpeaks(verdict: Verdict): boolean {
  return verdict.reasons.some((reason) => NOBODY_SPEAKS.includes(reason));
}

export function inOrder(reasons: string[]): string[] {
  return ORDER.filter((reason) => reasons.includes(reason));
}

/** Of two channels' verdicts the one that calls for more care. */
export function graver(left: Verdict, right: Verdict): Verdict {
  const care = (verdict: Verdict) => (nobodySpeaks(verdict) ? -1 : CARE.indexOf(label(verdict)));
  const difference = care(right) - care(left) || right.score - left.score;
  return difference > 0 ? right : left;
}

export function sigmoid(logit: number): number {
  return 0.5 + 0.5 * Math.tanh(0.5 * logit);
}

/** No nearer to 0 or 1 than CERTAIN: what is said of a recording or a part. */
export function probability(logit: number): number {
  return Math.min(Math.max(sigmoid(logit), 1 - CERTAIN), CERTAIN);
}
