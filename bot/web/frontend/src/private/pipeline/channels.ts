// Two channels at 16 kHz become one, as in inference/decoding/channels.py and two_voices.py.

import constants from "./constants.json";
import { mean, quantile, type Samples } from "./numbers";
import type { VoiceActivity } from "./voice_activity";

const { FRAME, SAMPLE_RATE, MIN_SPEECH } = constants.speech;
const { INVERTED, ALONE, MUCH_WEAKER, AUDIBLE, NEAR, RUN, LEAST_ALONE } = constants.channels;
const MINUTE = (60 * SAMPLE_RATE) / FRAME; // frames

/** Their mean; half their difference where one is upside down; one alone where the other is empty. */
export function mono(left: Samples, right: Samples): Samples {
  const [a, b, both] = covariance(left, right);
  if (Math.min(a, b) <= Math.max(a, b) * 10 ** (-MUCH_WEAKER / 10)) return a >= b ? left : right;
  const sign = both < INVERTED * Math.sqrt(a * b) ? -1 : 1;
  return left.map((sample, i) => (sample + sign * right[i]) >> 1);
}

function covariance(left: Samples, right: Samples): [number, number, number] {
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  let [a, b, both] = [0, 0, 0];
  for (let i = 0; i < left.length; i++) {
    const [x, y] = [left[i] - meanLeft, right[i] - meanRight];
    a += x * x;
    b += y * y;
    both += x * y;
  }
  return [a, b, both];
}

/** In which frames of 20 ms each channel is loud and much louder than the other, for a while. */
function alone(left: Samples, right: Samples): [Uint8Array, Uint8Array] {
  const levels = [levelsOf(left), levelsOf(right)];
  const loud = levels.map((each) => Math.max(quantile(each, 0.95) - NEAR, AUDIBLE));
  const of = (side: number) => {
    const other = levels[1 - side];
    return runs(Uint8Array.from(levels[side], (level, i) => Number(level - other[i] > ALONE && level > loud[side])));
  };
  return [of(0), of(1)];
}

/** Those of the frames that stand in a row of RUN or more. */
function runs(found: Uint8Array): Uint8Array {
  const kept = new Uint8Array(found.length);
  for (let start = 0; start < found.length; start++) {
    if (!found[start]) continue;
    let end = start;
    while (found[end]) end++;
    if (end - start >= RUN) kept.fill(1, start, end);
    start = end;
  }
  return kept;
}

function levelsOf(samples: Samples): Float64Array {
  const levels = new Float64Array(Math.floor(samples.length / FRAME));
  for (let frame = 0; frame < levels.length; frame++) {
    let power = 0;
    for (let i = frame * FRAME; i < (frame + 1) * FRAME; i++) power += (samples[i] / 32_768) ** 2;
    levels[frame] = 10 * Math.log10(power / FRAME + 1e-10);
  }
  return levels;
}

/** Whether each channel holds a voice of its own, as in a recorded call. */
export async function bothSpeak(left: Samples, right: Samples, voiceActivity: VoiceActivity): Promise<boolean> {
  if (left.length < FRAME) return false;
  const [ofLeft, ofRight] = alone(left, right);
  for (const frames of [ofLeft, ofRight]) {
    if (frames.reduce((count, each) => count + each, 0) * FRAME < LEAST_ALONE * SAMPLE_RATE) return false;
  }
  return (await speaks(left, ofLeft, voiceActivity)) && (await speaks(right, ofRight, voiceActivity));
}

/** For a second or more, in the minute in which that channel is alone most. */
async function speaks(samples: Samples, frames: Uint8Array, voiceActivity: VoiceActivity): Promise<boolean> {
  let [first, most] = [0, -1];
  for (let start = 0; start < frames.length; start += MINUTE) {
    const count = frames.subarray(start, start + MINUTE).reduce((total, each) => total + each, 0);
    if (count > most) [first, most] = [start, count];
  }
  const heard = await voiceActivity(samples.subarray(first * FRAME, (first + MINUTE) * FRAME));
  let spoken = 0;
  for (let i = 0; i < heard.length && first + i < frames.length; i++) spoken += heard[i] & frames[first + i];
  return spoken * FRAME >= MIN_SPEECH * SAMPLE_RATE;
}
