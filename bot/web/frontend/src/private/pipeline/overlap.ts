// Whether several people speak over each other in a spectrogram: inference/overlap.py.

import { InferenceSession, Tensor } from "onnxruntime-web/wasm";
import type { Spec } from "../card";
import constants from "./constants.json";
import { linspace, quantile, round } from "./numbers";

const { COLUMNS, RANGE, FAINTEST, SILENT, FEW_COLUMNS, SURE_OF_FEW, BATCH } = constants.overlap;

export class Overlap {
  /** `least`: logits from which on it is overlap, of the card beside the network. */
  constructor(
    private readonly network: InferenceSession,
    private readonly least: number,
  ) {}

  /** As low as can be for a spectrogram of another kind than the network knows. */
  async logit(spectrogram: Float32Array, columns: number, spec: Spec): Promise<number> {
    if (!isKnown(spec)) return -Infinity;
    const bins = spec.n_bins;
    const loudest = Math.max(quantile(everySecond(spectrogram, columns, bins), 0.998), FAINTEST);
    const starts = linspace(0, Math.max(0, columns - COLUMNS), Math.max(1, Math.ceil(columns / COLUMNS))).map(round);
    let total = 0;
    for (let first = 0; first < starts.length; first += BATCH) {
      const batch = starts.slice(first, first + BATCH);
      const seen = new Float32Array(batch.length * COLUMNS * bins);
      batch.forEach((start, which) => {
        const look = spectrogram.subarray(start * bins, (start + COLUMNS) * bins);
        for (let cell = 0; cell < COLUMNS * bins; cell++) {
          const level = ((cell < look.length ? look[cell] : SILENT) - loudest) / RANGE + 1;
          seen[which * COLUMNS * bins + cell] = Math.min(Math.max(level, 0), 1);
        }
      });
      const input = new Tensor("float32", seen, [batch.length, COLUMNS, bins]);
      const outputs = await this.network.run({ [this.network.inputNames[0]]: input });
      const logits = outputs[this.network.outputNames[0]].data as Float32Array; // of overlap, of music
      for (let which = 0; which < batch.length; which++) total += logits[2 * which];
    }
    return total / starts.length;
  }

  isOverlap(logit: number, columns: number): boolean {
    return logit >= (columns <= FEW_COLUMNS ? Math.max(this.least, SURE_OF_FEW) : this.least);
  }
}

export function isKnown(spec: Spec): boolean {
  const known = constants.spec as Record<string, unknown>;
  const given = spec as unknown as Record<string, unknown>;
  return Object.keys(known).every((name) => known[name] === given[name]);
}

function everySecond(spectrogram: Float32Array, columns: number, bins: number): Float32Array {
  const found = new Float32Array(Math.ceil(columns / 2) * bins);
  for (let column = 0; column < columns; column += 2) {
    found.set(spectrogram.subarray(column * bins, (column + 1) * bins), (column / 2) * bins);
  }
  return found;
}
