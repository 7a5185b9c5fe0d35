// What NumPy does for the server's pipeline, for plain arrays here.

export type Samples = Int16Array; // mono at 16 kHz
export type Numbers = ArrayLike<number>;

export function sum(values: Numbers): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

export function mean(values: Numbers): number {
  return sum(values) / values.length;
}

export function average(values: Numbers, weights: Numbers): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] * weights[i];
  return total / sum(weights);
}

export function largest(values: Numbers): number {
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i];
  return most;
}

/** The linearly interpolated quantile, as `numpy.quantile` has it; the values are not changed. */
export function quantile(values: Numbers, share: number): number {
  const sorted = Float32Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}

/** `count` numbers at equal distances, both ends among them. */
export function linspace(first: number, last: number, count: number): number[] {
  if (count === 1) return [first];
  return Array.from({ length: count }, (_, i) => first + (i * (last - first)) / (count - 1));
}

/** The nearest whole number, of two the even one. */
export function round(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** The average of the samples, -1..1: what cheap cards add to each. */
export function constant(samples: Samples): number {
  return samples.length ? Math.fround(sum(samples) / samples.length / 32_768) : 0;
}

export const LEAST_CHANCE = 1e-7;

export function logit(chance: number): number {
  const within = Math.min(Math.max(chance, LEAST_CHANCE), 1 - LEAST_CHANCE);
  return Math.log(within / (1 - within));
}
