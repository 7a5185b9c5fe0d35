// The parts of a recording of which a stretch sounds otherwise than the rest: inference/segments.py.

import constants from "./constants.json";
import { average } from "./numbers";
import { type Segment, probability } from "./verdict";

const { REST, LONG, GROWTH, MOST } = constants.segments;

/** `spans`: start and end of each window, s; `spoken`: s of speech in it; `least`: of the model's rule. */
export function segments(logits: number[], spans: [number, number][], spoken: number[], least: number): Segment[] {
  if (!logits.length) return [];
  const seconds = spans[spans.length - 1][1] - spans[0][0];
  const strength = least * Math.min(MOST, 1 + GROWTH * Math.log2(Math.max(1, seconds / LONG)));
  const mean = (first: number, behind: number) => average(logits.slice(first, behind), spoken.slice(first, behind));
  const parts: { synthetic: boolean; first: number; behind: number }[] = [];
  for (const [first, behind] of cut(logits, spoken, strength, 0)) {
    const synthetic = mean(first, behind) > 0;
    const last = parts[parts.length - 1];
    if (last?.synthetic === synthetic) last.behind = behind;
    else parts.push({ synthetic, first, behind });
  }
  if (parts.length < 2) return [];
  return parts.map(({ synthetic, first, behind }) => ({
    start: change(spans, first),
    end: change(spans, behind),
    label: synthetic ? "synthetic" : "human",
    probability: probability(mean(first, behind)),
  }));
}

/** The windows of each part, first and behind the last one, in time order. */
function cut(logits: number[], spoken: number[], least: number, begin: number): [number, number][] {
  const found = mostContrasting(logits, spoken, least);
  if (!found) return [[begin, begin + logits.length]];
  const ends = [0, ...found, logits.length];
  const parts: [number, number][] = [];
  for (let i = 0; i + 1 < ends.length; i++) {
    const [start, end] = [ends[i], ends[i + 1]];
    if (start < end) parts.push(...cut(logits.slice(start, end), spoken.slice(start, end), least, begin + start));
  }
  return parts;
}

/** Of the stretches that are strong enough, the one with the largest contrast to the rest. */
function mostContrasting(logits: number[], spoken: number[], least: number): [number, number] | null {
  const n = logits.length;
  const [weights, sums] = [[0], [0]];
  for (let i = 0; i < n; i++) {
    weights.push(weights[i] + spoken[i]);
    sums.push(sums[i] + spoken[i] * logits[i]);
  }
  let found: [number, number] | null = null;
  let most = -Infinity;
  for (let first = 0; first < n; first++) {
    const before = Math.max(0, first - 1);
    for (let behind = first + 1; behind <= n; behind++) {
      const after = Math.min(n, behind + 1);
      const rest = before + n - after;
      if (rest < REST) continue;
      const inside = (sums[behind] - sums[first]) / (weights[behind] - weights[first]);
      const outside = (sums[before] + sums[n] - sums[after]) / (weights[before] + weights[n] - weights[after]);
      const count = behind - first;
      const precision = Math.sqrt((count * rest) / (count + rest));
      if (precision * Math.min(Math.max(inside, outside), -Math.min(inside, outside)) < least) continue;
      const contrast = precision * Math.abs(inside - outside);
      if (contrast > most) [found, most] = [[first, behind], contrast];
    }
  }
  return found;
}

/** Seconds at which window `place` takes over. */
function change(spans: [number, number][], place: number): number {
  if (place === 0) return spans[0][0];
  if (place === spans.length) return spans[spans.length - 1][1];
  return (spans[place - 1][1] + spans[place][0]) / 2;
}
