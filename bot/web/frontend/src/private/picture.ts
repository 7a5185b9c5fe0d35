// The spectrogram that the network has seen, as a picture of as many pixels: time to the right, high
// sounds at the top, magma's colours as in inference/drawing.

import type { Analysis } from "./pipeline/detector";
import { quantile } from "./pipeline/numbers";

const RANGE = 72; // dB from the darkest to the brightest colour
const FAINTEST = -48; // dB
const WIDEST = 4096; // px; a longer recording is drawn with fewer columns
// Every 17th colour of "magma" (S. van der Walt and N. Smith, CC0).
const MAGMA =
  "000004 0b0924 20114b 3b0f70 57157e 721f81 8c2981 a8327d c43c75 de4968 f1605d fa7f5e fe9f6d febf84 fddea0 fcfdbf";
const STOPS = MAGMA.split(" ").map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)));

export async function picture({ spectrogram, columns, spec }: Analysis): Promise<Blob> {
  const bins = spec.n_bins;
  const width = Math.min(columns, WIDEST);
  const image = new ImageData(width, bins);
  const brightest = Math.max(quantile(spectrogram.filter((_, cell) => cell % 4 === 0), 0.998), FAINTEST);
  for (let x = 0; x < width; x++) {
    const column = Math.floor((x * columns) / width);
    for (let bin = 0; bin < bins; bin++) {
      const level = (spectrogram[column * bins + bin] - brightest) / RANGE + 1;
      image.data.set(colour(Math.min(Math.max(level, 0), 1)), 4 * ((bins - 1 - bin) * width + x));
    }
  }
  const canvas = new OffscreenCanvas(width, bins);
  canvas.getContext("2d")!.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}

function colour(level: number): [number, number, number, number] {
  const place = level * (STOPS.length - 1);
  const [low, share] = [Math.floor(place), place % 1];
  const [from, to] = [STOPS[low], STOPS[Math.min(low + 1, STOPS.length - 1)]];
  const mixed = from.map((value, channel) => value + (to[channel] - value) * share);
  return [mixed[0], mixed[1], mixed[2], 255];
}
