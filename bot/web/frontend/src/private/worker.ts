// Runs beside the page: loads the runtime and the networks once, then judges one recording at a time.

import fvad from "@echogarden/fvad-wasm";
import { InferenceSession, env } from "onnxruntime-web/wasm";
import { cardOf } from "./card";
import { picture } from "./picture";
import constants from "./pipeline/constants.json";
import { Detector } from "./pipeline/detector";
import type { MusicNetwork } from "./pipeline/music";
import { Overlap } from "./pipeline/overlap";
import { type Ears, judge } from "./pipeline/pipeline";
import type { Vad } from "./pipeline/speech";
import type { Verdict } from "./pipeline/verdict";
import { voiceActivityBy } from "./pipeline/voice_activity";
import { resample } from "./resample";

export interface Files {
  runtime: ArrayBuffer;
  vad: ArrayBuffer;
  detector: ArrayBuffer;
  overlap: ArrayBuffer;
  voice_activity: ArrayBuffer;
}

export interface Settings {
  music: MusicNetwork;
  segments: { model: string; least: number };
  overlap: { overlap: number };
}

export type Order = { files: Files; settings: Settings } | { channels: Float32Array[]; rate: number };

export type Report =
  | { kind: "ready" }
  | { kind: "heard"; heard: number; total: number }
  | { kind: "judged"; verdict: Verdict; picture: Blob }
  | { kind: "failed"; message: string };

let ears: Ears;

function tell(report: Report): void {
  postMessage(report);
}

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  const done = "files" in data ? load(data.files, data.settings) : listen(data.channels, data.rate);
  done.catch((error: unknown) => tell({ kind: "failed", message: String(error) }));
});

async function load(files: Files, settings: Settings): Promise<void> {
  env.wasm.numThreads = 1; // more need a page that is isolated from all others
  env.wasm.wasmBinary = files.runtime;
  const open = (file: ArrayBuffer) => InferenceSession.create(new Uint8Array(file), { executionProviders: ["wasm"] });
  const overlap = new Overlap(await open(files.overlap), settings.overlap.overlap);
  const card = cardOf(new Uint8Array(files.detector));
  ears = {
    detector: new Detector(await open(files.detector), overlap, card),
    vad: await webRtc(files.vad),
    voiceActivity: voiceActivityBy(await open(files.voice_activity)),
    music: settings.music,
    rule: settings.segments,
  };
  tell({ kind: "ready" });
}

async function listen(channels: Float32Array[], rate: number): Promise<void> {
  const sounds = channels.map((channel, which) => {
    channels[which] = new Float32Array(0); // the memory is needed
    return resample(channel, rate);
  });
  const { verdict, analysis } = await judge(sounds, ears, (heard, total) => tell({ kind: "heard", heard, total }));
  tell({ kind: "judged", verdict, picture: await picture(analysis) });
}

/** WebRTC's detector of voice activity, begun anew for each recording. */
async function webRtc(wasm: ArrayBuffer): Promise<Vad> {
  const { FRAME, MODE, SAMPLE_RATE } = constants.speech;
  const module = await fvad({ wasmBinary: wasm });
  const place = module._malloc(2 * FRAME);
  return (frames) => {
    const detector = module._fvad_new();
    module._fvad_set_mode(detector, MODE);
    module._fvad_set_sample_rate(detector, SAMPLE_RATE);
    const active = new Uint8Array(frames.length / FRAME);
    for (let frame = 0; frame < active.length; frame++) {
      for (let i = 0; i < FRAME; i++) module.setValue(place + 2 * i, frames[frame * FRAME + i], "i16");
      active[frame] = module._fvad_process(detector, place, FRAME);
    }
    module._fvad_free(detector);
    return active;
  };
}
