// Whether a spectrogram in which nobody speaks sounds like music: inference/music.py.

import type { Analysis } from "./detector";
import constants from "./constants.json";
import { largest, mean, quantile, sum } from "./numbers";
import { isKnown } from "./overlap";

const { STEP, LEAST, MOST, RANGE, FAINTEST, LASTING, WIDE, STANDS_OUT, HALF_A_SECOND, OCTAVES, LOW } = constants.music;

export interface MusicNetwork {
  centre: number[];
  scale: number[];
  hidden: number[][];
  hidden_bias: number[];
  output: number[];
  output_bias: number;
  limit: number;
}

export function hearsMusic(network: MusicNetwork, analysis: Analysis): boolean {
  const { spec, spectrogram, columns } = analysis;
  const perSecond = spec.sample_rate / spec.hop_length;
  if (!isKnown(spec) || columns / perSecond < LEAST || largest(spectrogram) <= FAINTEST) return false;
  const most = Math.min(columns, Math.round(MOST * perSecond));
  const seen: Float32Array[] = []; // a row a bin, every second column
  for (let bin = 0; bin < spec.n_bins; bin++) {
    seen.push(Float32Array.from({ length: Math.ceil(most / STEP) }, (_, i) => spectrogram[i * STEP * spec.n_bins + bin]));
  }
  const loudest = Math.max(...seen.map(largest));
  return logit(network, measures(seen.map((row) => row.map((cell) => Math.max(cell - (loudest - RANGE), 0))))) >= network.limit;
}

function logit(network: MusicNetwork, measured: number[]): number {
  const inner = measured.map((value, i) => (value - network.centre[i]) / network.scale[i]);
  const units = network.hidden_bias.map((bias, unit) => {
    return Math.max(inner.reduce((total, value, i) => total + value * network.hidden[i][unit], bias), 0);
  });
  return units.reduce((total, unit, i) => total + unit * network.output[i], network.output_bias);
}

/** Tones that are held, how many at once, how they move. */
function measures(seen: Float32Array[]): number[] {
  const lasting = seen.map((row) => runningMedian(row, LASTING));
  const wide = turned(turned(seen).map((column) => runningMedian(column, WIDE)));
  const tones = lasting.map((row, bin) => row.map((cell, i) => Number(cell - wide[bin][i] > STANDS_OUT)));
  const columns = turned(seen);
  const atOnce = turned(tones).map(sum);
  const isLoud = columns.map((column) => largest(column) > RANGE / 3);
  const ofLoud = turned(tones).filter((_, i) => isLoud[i]);
  const chroma = chromaOf(lasting.map((row, bin) => row.map((cell, i) => (tones[bin][i] ? 10 ** (cell / 20) : 0))));
  const notes = chroma.map(sum);
  const whole = Math.max(sum(notes), 1e-9);
  const levels = octaves(seen, mean);
  const quiet = octaves(seen, (row) => quantile(row, 0.1));
  const share = (is: (tones: number) => boolean) => atOnce.filter(is).length / atOnce.length;
  return [
    ...levels,
    ...levels.map((level, i) => level - quiet[i]),
    ofLoud.length ? mean(ofLoud.map(mean)) : 0,
    share((tones) => tones > 0),
    share((tones) => tones >= 3),
    share((tones) => tones >= 6),
    -notes.reduce((total, note) => total + (note / whole) * Math.log(note / whole + 1e-12), 0),
    change(turned(chroma)),
    quantile(atOnce, 0.5),
    quantile(atOnce, 0.9),
    mean(lasting.map(mean)) / Math.max(mean(wide.map(mean)), 1e-3),
    isLoud.filter(Boolean).length / isLoud.length,
    deviation(seen),
    turned(tones.slice(0, LOW)).filter((column) => sum(column) >= 2).length / atOnce.length,
  ];
}

/** The mean over the bins of each octave. */
function octaves(rows: Float32Array[], of: (row: Float32Array) => number): number[] {
  const size = rows.length / OCTAVES;
  return Array.from({ length: OCTAVES }, (_, octave) => mean(rows.slice(octave * size, (octave + 1) * size).map(of)));
}

function deviation(rows: Float32Array[]): number {
  const middle = mean(rows.map(mean));
  return Math.sqrt(mean(rows.map((row) => mean(row.map((cell) => (cell - middle) ** 2)))));
}

/** The median of `length` neighbours; the ends go on as they are. */
function runningMedian(row: Float32Array, length: number): Float32Array {
  const half = length >> 1;
  const near = new Float32Array(length);
  return row.map((_, i) => {
    for (let by = -half; by <= half; by++) near[by + half] = row[Math.min(Math.max(i + by, 0), row.length - 1)];
    return near.slice().sort()[half];
  });
}

function turned(rows: Float32Array[]): Float32Array[] {
  return Array.from({ length: rows[0].length }, (_, i) => Float32Array.from(rows, (row) => row[i]));
}

/** Tones of all octaves together, a row a note. */
function chromaOf(tones: Float32Array[]): Float32Array[] {
  const notes = constants.spec.bins_per_octave;
  return Array.from({ length: notes }, (_, note) => {
    const rows = tones.filter((_, bin) => bin % notes === note);
    return Float32Array.from(rows[0], (_, i) => sum(rows.map((row) => row[i])));
  });
}

/** How far the notes move within half a second, 0 to 1. */
function change(columns: Float32Array[]): number {
  const size = columns.map((column) => Math.sqrt(sum(column.map((note) => note * note))));
  const changes: number[] = [];
  for (let i = HALF_A_SECOND; i < columns.length; i++) {
    const [now, then] = [columns[i], columns[i - HALF_A_SECOND]];
    if (!size[i] || !size[i - HALF_A_SECOND]) continue;
    changes.push(1 - sum(now.map((note, which) => note * then[which])) / (size[i] * size[i - HALF_A_SECOND]));
  }
  return changes.length ? mean(changes) : 0;
}
