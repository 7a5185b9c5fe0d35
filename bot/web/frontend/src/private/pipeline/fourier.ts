// The discrete Fourier transform of any length: radix 2, and Bluestein's algorithm over it.

/** In place; the length must be a power of two. */
function radix2(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  const cos = new Float64Array(n / 2);
  const sin = new Float64Array(n / 2);
  for (let i = 0; i < n / 2; i++) {
    cos[i] = Math.cos((2 * Math.PI * i) / n);
    sin[i] = -Math.sin((2 * Math.PI * i) / n);
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    const step = n / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const [a, b] = [start + k, start + k + half];
        const [c, s] = [cos[k * step], sin[k * step]];
        const x = re[b] * c - im[b] * s;
        const y = re[b] * s + im[b] * c;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }
}

/** In place, forwards, of any length. */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  if (n < 2) return;
  if ((n & (n - 1)) === 0) return radix2(re, im);
  let size = 1;
  while (size < 2 * n - 1) size *= 2;
  const [cos, sin] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const turn = (Math.PI * ((i * i) % (2 * n))) / n;
    [cos[i], sin[i]] = [Math.cos(turn), Math.sin(turn)];
  }
  const [aRe, aIm] = [new Float64Array(size), new Float64Array(size)];
  const [bRe, bIm] = [new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < n; i++) {
    aRe[i] = re[i] * cos[i] + im[i] * sin[i];
    aIm[i] = im[i] * cos[i] - re[i] * sin[i];
    bRe[i] = bRe[(size - i) % size] = cos[i];
    bIm[i] = bIm[(size - i) % size] = sin[i];
  }
  radix2(aRe, aIm);
  radix2(bRe, bIm);
  for (let i = 0; i < size; i++) {
    const x = aRe[i] * bRe[i] - aIm[i] * bIm[i];
    // Conjugated, so that the transform back is the same one.
    aIm[i] = -(aRe[i] * bIm[i] + aIm[i] * bRe[i]);
    aRe[i] = x;
  }
  radix2(aRe, aIm);
  for (let i = 0; i < n; i++) {
    const [x, y] = [aRe[i] / size, -aIm[i] / size];
    re[i] = x * cos[i] + y * sin[i];
    im[i] = y * cos[i] - x * sin[i];
  }
}

/** The same samples without what is below bin `first` of their own transform. */
export function withoutLow(samples: Float64Array, first: number): Float64Array {
  const n = samples.length;
  const [re, im] = [samples.slice(), new Float64Array(n)];
  transform(re, im);
  for (let i = 0; i < first; i++) {
    const other = (n - i) % n;
    re[i] = im[i] = re[other] = im[other] = 0;
  }
  for (let i = 0; i < n; i++) im[i] = -im[i]; // back: the conjugate's transform, over n
  transform(re, im);
  return re.map((value) => value / n);
}
