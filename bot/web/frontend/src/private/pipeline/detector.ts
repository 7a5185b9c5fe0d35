// The served network over a whole recording, window by window: inference/detector.py and strip.py.

import { InferenceSession, Tensor } from "onnxruntime-web/wasm";
import type { Card, Spec } from "../card";
import constants from "./constants.json";
import { type Samples, average } from "./numbers";
import type { Overlap } from "./overlap";
import type { Window } from "./verdict";

const { SHORTEST } = constants.detector;
const { WHOLE, POOLED, MINUTE } = constants.strip;

export interface Analysis {
  spec: Spec;
  spectrogram: Float32Array; // dB, a column behind the other, the lowest bin first
  columns: number;
  windows: Window[];
  speech: number[]; // P(speech) of each window
  branches: [number, number][]; // what each branch adds to a window's logit
  overlap: boolean;
}

/** Is told the seconds that were heard, and those to hear; may throw to end it. */
export type Progress = (heard: number, total: number) => void;

export class Detector {
  constructor(
    private readonly network: InferenceSession,
    private readonly overlap: Overlap,
    readonly card: Card,
  ) {}

  async analyse(samples: Samples, progress: Progress): Promise<Analysis> {
    const { spec } = this.card;
    const perSecond = spec.sample_rate / spec.hop_length;
    const all = 1 + Math.floor(samples.length / spec.hop_length);
    const columns = Math.min(spec.columns, Math.max(all, SHORTEST));
    const spectrogram = new Float32Array(Math.max(all, columns) * spec.n_bins);
    const found: Pick<Analysis, "windows" | "speech" | "branches"> = { windows: [], speech: [], branches: [] };
    const seconds = samples.length / spec.sample_rate;
    for (const start of starts(all, columns)) {
      const inputs = cut(samples, start, columns, spec);
      const outputs = await this.network.run({ samples: new Tensor("float32", inputs, [1, inputs.length]) });
      const values = (name: string) => outputs[name].data as Float32Array;
      spectrogram.set(values("spectrogram"), start * spec.n_bins);
      const begin = start / perSecond;
      const end = Math.max(begin, Math.min((start + columns) / perSecond, seconds));
      found.windows.push({ start: begin, end, score: values("score")[0] });
      found.speech.push(values("speech")[0]);
      found.branches.push([values("branches")[0], values("branches")[1]]);
      progress(end, seconds);
    }
    const heard = spectrogram.subarray(0, all * spec.n_bins);
    return { spec, spectrogram: heard, columns: all, ...found, overlap: await this.hearsOverlap(heard, all, columns) };
  }

  private async hearsOverlap(spectrogram: Float32Array, all: number, columns: number): Promise<boolean> {
    const logits: number[] = [];
    const weights: number[] = [];
    for (const [first, behind] of parts(all, columns)) {
      const bins = this.card.spec.n_bins;
      const piece = spectrogram.subarray(first * bins, behind * bins);
      logits.push(await this.overlap.logit(piece, behind - first, this.card.spec));
      weights.push(behind - first);
    }
    return this.overlap.isOverlap(average(logits, weights), all);
  }
}

/** First columns of the windows: they overlap by half, the last one ends with the recording. */
function starts(all: number, columns: number): number[] {
  const last = Math.max(0, all - columns);
  const found = [];
  for (let start = 0; start < last; start += columns >> 1) found.push(start);
  return [...found, last];
}

/** The columns that the server looks at together for overlapping speech: all, or about a minute. */
function parts(all: number, columns: number): [number, number][] {
  if (all <= WHOLE) return [[0, all]];
  const pool = Math.ceil(all / POOLED);
  const found: [number, number][] = [];
  let first = 0;
  for (const start of starts(all, columns)) {
    if (start + columns - first <= MINUTE + columns) continue;
    const behind = first + Math.floor((start - first) / pool) * pool;
    found.push([first, behind]);
    first = behind;
  }
  return [...found, [first, all]];
}

/** The samples of a window with the margins around it. */
function cut(samples: Samples, start: number, columns: number, spec: Spec): Float32Array {
  const first = (start - spec.margin) * spec.hop_length;
  const piece = new Float32Array((columns + 2 * spec.margin - 1) * spec.hop_length);
  const end = Math.min(samples.length, first + piece.length);
  for (let place = Math.max(first, 0); place < end; place++) piece[place - first] = samples[place] / 32_768;
  return piece;
}
