// Samples of any rate become 16-bit ones at 16 kHz, as FFmpeg's resampler makes them on the server.

export const RATE = 16_000; // Hz

// The defaults of libswresample: a sinc of 32 taps (of the lower rate) under a Kaiser window.
const TAPS = 32;
const CUTOFF = 0.97;
const BETA = 9;

export function resample(samples: Float32Array, rate: number): Int16Array {
  if (rate === RATE) return quantised(samples);
  const divisor = common(RATE, rate);
  const [up, down] = [RATE / divisor, rate / divisor];
  const factor = Math.min((RATE * CUTOFF) / rate, 1);
  const taps = Math.ceil(TAPS / factor);
  const centre = (taps - 1) >> 1;
  const phases = kernels(up, factor, taps, centre);
  const found = new Float32Array(Math.ceil((samples.length * RATE) / rate));
  const last = samples.length - 1;
  for (let i = 0; i < found.length; i++) {
    const at = i * down;
    const first = Math.floor(at / up) - centre;
    const kernel = phases[at % up];
    let total = 0;
    if (first >= 0 && first + taps <= samples.length) {
      for (let tap = 0; tap < taps; tap++) total += samples[first + tap] * kernel[tap];
    } else {
      for (let tap = 0; tap < taps; tap++) total += samples[mirrored(first + tap, last)] * kernel[tap];
    }
    found[i] = total;
  }
  return quantised(found);
}

/** A kernel for each of `up` places between two samples, each of which sums to one. */
function kernels(up: number, factor: number, taps: number, centre: number): Float64Array[] {
  return Array.from({ length: up }, (_, phase) => {
    const kernel = new Float64Array(taps);
    let total = 0;
    for (let tap = 0; tap < taps; tap++) {
      const x = Math.PI * (tap - centre - phase / up) * factor;
      const w = (2 * x) / (factor * taps * Math.PI);
      kernel[tap] = (x === 0 ? 1 : Math.sin(x) / x) * bessel(BETA * Math.sqrt(Math.max(1 - w * w, 0)));
      total += kernel[tap];
    }
    return kernel.map((each) => each / total);
  });
}

/** The modified Bessel function of the first kind and order 0. */
function bessel(x: number): number {
  let [total, term] = [1, 1];
  for (let k = 1; term > 1e-12 * total; k++) {
    term *= (x / (2 * k)) ** 2;
    total += term;
  }
  return total;
}

/** Beyond its ends the recording is heard backwards. */
function mirrored(place: number, last: number): number {
  const inside = place < 0 ? -1 - place : place > last ? 2 * last + 1 - place : place;
  return Math.min(Math.max(inside, 0), last);
}

function common(a: number, b: number): number {
  return b === 0 ? a : common(b, a % b);
}

function quantised(samples: Float32Array): Int16Array {
  const found = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    found[i] = Math.min(Math.max(Math.round(samples[i] * 32_768), -32_768), 32_767);
  }
  return found;
}
