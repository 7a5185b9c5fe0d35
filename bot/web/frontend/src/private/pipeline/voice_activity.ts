// Where Silero's network hears a voice, one answer a frame of 20 ms: inference/voice_activity.py.

import { InferenceSession, Tensor } from "onnxruntime-web/wasm";
import constants from "./constants.json";
import { constant, quantile, type Samples } from "./numbers";

const { FRAME, SAMPLE_RATE } = constants.speech;
const { CHUNK, SPEECH, LOUD, MAX_GAIN } = constants.voice_activity;
const CONTEXT = 64; // samples of the chunk before that the network hears again
const STATE = [2, 1, 128];

export type VoiceActivity = (samples: Samples) => Promise<Uint8Array>;

export function voiceActivityBy(network: InferenceSession): VoiceActivity {
  return async (samples) => {
    const mean = constant(samples);
    const chunks = Math.ceil(samples.length / CHUNK);
    if (!chunks) return new Uint8Array(0);
    const chunk = (which: number) =>
      Float32Array.from({ length: CHUNK }, (_, i) => {
        const place = which * CHUNK + i;
        return place < samples.length ? samples[place] / 32_768 - mean : 0;
      });
    const powers = Float32Array.from({ length: chunks }, (_, which) => {
      return chunk(which).reduce((total, sample) => total + sample * sample, 0) / CHUNK;
    });
    const level = 10 * Math.log10(quantile(powers, 0.95) + 1e-12);
    const gain = Math.fround(10 ** (Math.min(LOUD - level, MAX_GAIN) / 20));
    const chances = new Float32Array(chunks);
    const sr = new Tensor("int64", BigInt64Array.of(BigInt(SAMPLE_RATE)), []);
    let state: Tensor = new Tensor("float32", new Float32Array(256), STATE);
    const input = new Float32Array(CONTEXT + CHUNK);
    for (let which = 0; which < chunks; which++) {
      input.copyWithin(0, CHUNK);
      if (!which) input.fill(0, 0, CONTEXT);
      input.set(chunk(which).map((sample) => Math.min(Math.max(sample * gain, -1), 1)), CONTEXT);
      const found = await network.run({ input: new Tensor("float32", input.slice(), [1, input.length]), state, sr });
      chances[which] = (found.output.data as Float32Array)[0];
      state = found.stateN as Tensor;
    }
    return Uint8Array.from({ length: Math.floor(samples.length / FRAME) }, (_, frame) => {
      return Number(chances[Math.floor((frame * FRAME + FRAME / 2) / CHUNK)] >= Math.fround(SPEECH));
    });
  };
}
