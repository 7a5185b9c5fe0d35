// The straight line of inference/pipeline.py: samples become a verdict and what it rests on.

import { bothSpeak, mono } from "./channels";
import constants from "./constants.json";
import type { Analysis, Detector, Progress } from "./detector";
import { type MusicNetwork, hearsMusic } from "./music";
import { type Samples, average, logit } from "./numbers";
import { segments } from "./segments";
import { type Measures, type Vad, measure, reasons } from "./speech";
import { type Verdict, graver, inOrder, label, probability } from "./verdict";
import type { VoiceActivity } from "./voice_activity";

const { FRAME, SAMPLE_RATE, ANY_SPEECH } = constants.speech;
const { NOTHING } = constants.pipeline;

/** All that listens. */
export interface Ears {
  detector: Detector;
  vad: Vad;
  voiceActivity: VoiceActivity;
  music: MusicNetwork;
  rule: { model: string; least: number }; // from which strength on a recording is mixed
}

export interface Judgement {
  verdict: Verdict;
  analysis: Analysis;
}

/** Of one channel or two, 16 bits at 16 kHz. */
export async function judge(channels: Samples[], ears: Ears, progress: Progress): Promise<Judgement> {
  const [left, right] = channels;
  if (!right) return judgeSamples(left, ears, progress);
  if (!(await bothSpeak(left, right, ears.voiceActivity))) return judgeSamples(mono(left, right), ears, progress);
  const ofLeft = await judgeSamples(left, ears, (heard, total) => progress(heard / 2, total));
  const ofRight = await judgeSamples(right, ears, (heard, total) => progress((total + heard) / 2, total));
  ofLeft.verdict.channel = "left";
  ofRight.verdict.channel = "right";
  return graver(ofLeft.verdict, ofRight.verdict) === ofLeft.verdict ? ofLeft : ofRight;
}

async function judgeSamples(samples: Samples, ears: Ears, progress: Progress): Promise<Judgement> {
  const { card } = ears.detector;
  const model = `${card.name}-${card.version}`;
  const analysis = await ears.detector.analyse(samples, progress);
  const measures = await measuresOf(samples, analysis, ears);
  const spoken = speechSeconds(analysis, measures);
  const weights = spoken.some((each) => each >= ANY_SPEECH)
    ? spoken.map((each) => (each >= ANY_SPEECH ? each : 0))
    : spoken.map(() => 1);
  const logits = analysis.windows.map((window) => logit(window.score));
  const score = samples.some(Boolean) ? probability(average(logits, weights)) : NOTHING;
  let found = reasonsOf(measures, analysis.overlap);
  if (found.join() === "no_speech" && hearsMusic(ears.music, analysis)) found = ["music"];
  const parts = found.length || ears.rule.model !== model ? [] : partsOf(analysis, spoken, ears.rule.least);
  const { thresholds, reasons } = decide(score, found, ears);
  const duration = samples.length / SAMPLE_RATE;
  const verdict: Verdict = {
    score,
    thresholds,
    reasons: parts.length ? [] : reasons,
    seconds: reasons.some((reason) => ["no_speech", "music"].includes(reason)) ? 0 : measures.speechSeconds,
    windows: analysis.windows.filter((_, i) => weights[i] > 0),
    model,
    pictured: true,
    segments: parts,
    duration_seconds: duration,
    heard_seconds: duration,
    channel: null,
  };
  const branch = (which: 0 | 1) => average(analysis.branches.map((each) => each[which]), weights);
  verdict.pictured = label(verdict) !== "synthetic" || branch(0) >= branch(1);
  return { verdict, analysis };
}

function partsOf(analysis: Analysis, spoken: number[], least: number) {
  const heard = analysis.windows.map((window, i) => ({ ...window, spoken: spoken[i] })).filter((each) => each.spoken >= ANY_SPEECH);
  return segments(
    heard.map((window) => logit(window.score)),
    heard.map((window) => [window.start, window.end]),
    heard.map((window) => window.spoken),
    least,
  );
}

/** WebRTC's detector, where the network agrees that somebody speaks; else Silero's. */
async function measuresOf(samples: Samples, analysis: Analysis, ears: Ears): Promise<Measures> {
  const measures = measure(samples, ears.vad);
  const spoken = speechSeconds(analysis, measures);
  const agreed = spoken.reduce((total, each, i) => total + each * analysis.speech[i], 0);
  const heard = agreed >= 0.5 * spoken.reduce((total, each) => total + each, 0);
  if (heard && measures.speechSeconds >= ANY_SPEECH) return measures;
  return measure(samples, ears.vad, await ears.voiceActivity(samples));
}

function reasonsOf(measures: Measures, overlap: boolean): string[] {
  const found = reasons(measures);
  if (!overlap || found.includes("no_speech") || found.includes("clipped")) return found;
  return inOrder([...found, "overlap"]);
}

function decide(score: number, found: string[], ears: Ears): { thresholds: [number, number]; reasons: string[] } {
  const { thresholds, narrow_thresholds: narrow } = ears.detector.card;
  const isNarrow = Boolean(narrow) && found.includes("narrow_band");
  const [low, high] = isNarrow ? narrow! : thresholds;
  const rest = isNarrow ? found.filter((reason) => reason !== "narrow_band") : found;
  const undecided = !rest.length && low < score && score < high;
  return { thresholds: [low, high], reasons: undecided ? [isNarrow ? "narrow_band" : "unsure"] : rest };
}

/** Seconds of speech in each window. */
function speechSeconds(analysis: Analysis, measures: Measures): number[] {
  const perFrame = FRAME / SAMPLE_RATE;
  return analysis.windows.map(({ start, end }) => {
    const active = measures.active.subarray(Math.trunc(start / perFrame), Math.ceil(end / perFrame));
    return active.reduce((total, each) => total + each, 0) * perFrame;
  });
}
