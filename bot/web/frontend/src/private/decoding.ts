// The browser decodes a file; nothing leaves the page. Samples come at the file's own rate where its
// header tells one that is lower than 48 kHz and the browser needs not to change it, else at 48 kHz.

import { Refused } from "../server";

export const MOST_SECONDS = 600; // ten minutes at 48 kHz are 115 MB a channel
const PATIENCE = 10_000; // ms until a header that says nothing is not waited for
const USUAL = 48_000; // Hz: Opus, and what most others survive without loss

export interface Decoded {
  channels: Float32Array[]; // one or two
  rate: number;
}

export async function decode(file: Blob, say: (key: string) => string): Promise<Decoded> {
  const tooLong = () => new Refused("too_long", say("private-too_long"));
  if ((await lengthOf(file)) > MOST_SECONDS) throw tooLong();
  const decoded = await decodedBy(file).catch(() => null);
  if (!decoded?.length) throw new Refused("cannot_decode", say("private-cannot_decode"));
  if (decoded.duration > MOST_SECONDS) throw tooLong();
  return { channels: channelsOf(decoded), rate: decoded.sampleRate };
}

async function decodedBy(file: Blob): Promise<AudioBuffer> {
  const bytes = await file.arrayBuffer();
  return new OfflineAudioContext(1, 1, ownRate(new DataView(bytes)) ?? USUAL).decodeAudioData(bytes);
}

/** Left and right; of more channels the mean, which is what most players make of them. */
function channelsOf(decoded: AudioBuffer): Float32Array[] {
  const all = Array.from({ length: decoded.numberOfChannels }, (_, which) => decoded.getChannelData(which).slice());
  if (all.length <= 2) return all;
  return [all[0].map((_, i) => all.reduce((total, channel) => total + channel[i], 0) / all.length)];
}

/** Seconds that the header promises, before all of it is decoded; 0 where it promises nothing. */
function lengthOf(file: Blob): Promise<number> {
  const audio = new Audio();
  audio.preload = "metadata";
  const address = URL.createObjectURL(file);
  return new Promise<number>((resolve) => {
    audio.onloadedmetadata = () => resolve(Number.isFinite(audio.duration) ? audio.duration : 0);
    audio.onerror = () => resolve(0);
    setTimeout(() => resolve(0), PATIENCE);
    audio.src = address;
  }).finally(() => {
    audio.removeAttribute("src");
    URL.revokeObjectURL(address);
  });
}

/** Hz that a WAV or FLAC file says it has; undefined for others, and for rates no browser takes. */
function ownRate(file: DataView): number | undefined {
  if (file.byteLength < 44) return undefined;
  const text = (at: number) => String.fromCharCode(...[0, 1, 2, 3].map((i) => file.getUint8(at + i)));
  let rate = 0;
  if (text(0) === "fLaC") rate = file.getUint32(18) >>> 12;
  else if (text(0) === "RIFF" && text(8) === "WAVE" && text(12) === "fmt ") rate = file.getUint32(24, true);
  return rate >= 8_000 && rate <= 96_000 ? rate : undefined;
}
