// Samples become measures of the speech in them, and the reasons not to judge: inference/speech.py.

import constants from "./constants.json";
import { transform, withoutLow } from "./fourier";
import { constant, largest, linspace, quantile, type Samples } from "./numbers";

const {
  SAMPLE_RATE, FRAME, CHUNK, LOUD, MAX_GAIN, FLOOR, SPECTRUM, MAX_SPECTRA, LOWEST, RUMBLE, AUDIBLE, TOP, FLAT,
  LOUD_SWING, SHORTEST_SWING, ANY_SPEECH, MIN_SPEECH, MIN_SNR, MIN_LEVEL, MAX_CLIPPED, MIN_BANDWIDTH,
} = constants.speech;

export interface Measures {
  speechSeconds: number;
  level: number; // dBFS
  snr: number; // dB
  bandwidth: number; // Hz
  clipped: number; // share of the speech
  active: Uint8Array; // one a frame of 20 ms: somebody speaks
}

/** WebRTC's detector: of frames of 16-bit samples one behind the other, in which somebody speaks. */
export type Vad = (frames: Int16Array) => Uint8Array;

/** `given`: where the speech is, if that is known already. */
export function measure(samples: Samples, vad: Vad, given?: Uint8Array): Measures {
  const mean = constant(samples);
  const frames = Math.floor(samples.length / FRAME);
  const levels = levelsOf(frames, (i) => samples[i] / 32_768 - mean);
  const active = given ?? activeIn(samples, mean, levels, vad);
  const any = active.some(Boolean);
  const heard = any ? active : new Uint8Array(frames).fill(1);
  let snr = snrOf(levels, active);
  if (any && snr < MIN_SNR) snr = Math.max(snr, snrOf(levelsWithoutRumble(samples, mean, frames), active));
  const speech = joined(samples, heard, mean);
  return {
    speechSeconds: (count(active) * FRAME) / SAMPLE_RATE,
    level: level(levels.filter((_, frame) => heard[frame])),
    snr,
    bandwidth: bandwidth(speech),
    clipped: clipped(speech),
    active,
  };
}

export function reasons(measures: Measures): string[] {
  if (measures.speechSeconds < ANY_SPEECH) return ["no_speech"];
  const found: [string, boolean][] = [
    ["too_short", measures.speechSeconds < MIN_SPEECH],
    ["noisy", measures.snr < MIN_SNR],
    ["too_quiet", measures.level < MIN_LEVEL],
    ["clipped", measures.clipped > MAX_CLIPPED],
    ["narrow_band", measures.bandwidth < MIN_BANDWIDTH],
  ];
  return found.filter(([, isSo]) => isSo).map(([reason]) => reason);
}

function count(active: Uint8Array): number {
  return active.reduce((total, each) => total + each, 0);
}

function activeIn(samples: Samples, mean: number, levels: Float32Array, vad: Vad): Uint8Array {
  if (!levels.length) return new Uint8Array(0);
  const gain = Math.min(LOUD - quantile(levels, 0.95), MAX_GAIN);
  const scale = Math.fround(32_767 * 10 ** (gain / 20));
  const frames = new Int16Array(levels.length * FRAME);
  for (let i = 0; i < frames.length; i++) {
    const value = Math.fround(Math.fround(samples[i] / 32_768 - mean) * scale);
    frames[i] = Math.trunc(Math.min(Math.max(value, -32_768), 32_767));
  }
  return vad(frames);
}

/** dBFS of each frame. */
function levelsOf(frames: number, sample: (place: number) => number): Float32Array {
  const levels = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let power = 0;
    for (let i = frame * FRAME; i < (frame + 1) * FRAME; i++) power += sample(i) ** 2;
    levels[frame] = 10 * Math.log10(power / FRAME + 10 ** (FLOOR / 10));
  }
  return levels;
}

/** The same without what is below RUMBLE, a minute at a time. */
function levelsWithoutRumble(samples: Samples, mean: number, frames: number): Float32Array {
  const levels = new Float32Array(frames);
  for (let first = 0; first < frames; first += CHUNK) {
    const size = Math.min(CHUNK, frames - first) * FRAME;
    const piece = Float64Array.from({ length: size }, (_, i) => samples[first * FRAME + i] / 32_768 - mean);
    const clean = withoutLow(piece, Math.floor((RUMBLE * size) / SAMPLE_RATE));
    levels.set(levelsOf(size / FRAME, (i) => clean[i]), first);
  }
  return levels;
}

/** The level of a stretch whose frames have these levels. */
function level(levels: Float32Array): number {
  if (!levels.length) return FLOOR;
  let power = 0;
  for (const each of levels) power += 10 ** (each / 10);
  return 10 * Math.log10(power / levels.length);
}

function snrOf(levels: Float32Array, active: Uint8Array): number {
  if (!active.some(Boolean)) return 0;
  const noise = levels.slice().sort().subarray(0, Math.max(1, Math.floor(levels.length / 10)));
  return level(levels.filter((_, frame) => active[frame])) - level(noise);
}

/** The heard frames one behind the other, without the mean. */
function joined(samples: Samples, heard: Uint8Array, mean: number): Float32Array {
  const speech = new Float32Array(count(heard) * FRAME);
  let end = 0;
  for (let frame = 0; frame < heard.length; frame++) {
    if (!heard[frame]) continue;
    for (let i = frame * FRAME; i < (frame + 1) * FRAME; i++) speech[end++] = samples[i] / 32_768 - mean;
  }
  return speech;
}

/** Share of the speech that lies in loud swings with a flat top, between two crossings of zero. */
function clipped(speech: Float32Array): number {
  const peak = speech.length ? quantile(speech.map(Math.abs), 0.999) : 0;
  if (peak <= 0) return 0;
  let flat = 0;
  for (let start = 0, end; start < speech.length; start = end) {
    let highest = 0;
    const positive = speech[start] >= 0;
    for (end = start; end < speech.length && speech[end] >= 0 === positive; end++) {
      highest = Math.max(highest, Math.abs(speech[end]));
    }
    if (end - start < SHORTEST_SWING || highest < LOUD_SWING * peak) continue;
    let inTop = 0;
    for (let i = start; i < end; i++) inTop += Number(Math.abs(speech[i]) >= TOP * highest);
    if (inTop >= FLAT * (end - start)) flat += end - start;
  }
  return flat / speech.length;
}

/** Hz, the highest frequency that the voice reaches now and then. */
function bandwidth(speech: Float32Array): number {
  const frames = speech.length / FRAME;
  if (frames < 2) return 0;
  const starts = linspace(0, speech.length - SPECTRUM, Math.min(MAX_SPECTRA, frames)).map(Math.floor);
  const bins = SPECTRUM / 2 + 1;
  const powers = Array.from({ length: bins }, () => new Float32Array(starts.length));
  starts.forEach((start, which) => {
    const re = Float64Array.from({ length: SPECTRUM }, (_, i) => {
      return speech[start + i] * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (SPECTRUM - 1)));
    });
    const im = new Float64Array(SPECTRUM);
    transform(re, im);
    for (let bin = 0; bin < bins; bin++) powers[bin][which] = re[bin] ** 2 + im[bin] ** 2;
  });
  const reached = powers.map((each) => quantile(each, 0.95));
  const smooth = reached.map((_, bin) => {
    if (bin < Math.floor((SPECTRUM * LOWEST) / SAMPLE_RATE)) return 0;
    return [-2, -1, 0, 1, 2].reduce((total, by) => total + 0.2 * (reached[bin + by] ?? 0), 0);
  });
  const least = largest(smooth) * 10 ** (AUDIBLE / 10);
  const last = smooth.findLastIndex((power) => power > least);
  return last < 0 ? 0 : (last * SAMPLE_RATE) / SPECTRUM;
}
