// What a model file says of itself: its ONNX metadata, read from the file's outermost fields.

export interface Spec {
  sample_rate: number;
  hop_length: number;
  n_bins: number;
  columns: number;
  margin: number;
}

export interface Card {
  name: string;
  version: string;
  spec: Spec;
  thresholds: [number, number];
  narrow_thresholds?: [number, number] | null;
}

const KEY = "ouvido";
const METADATA = 14; // the field `metadata_props` of ONNX's ModelProto

export function cardOf(model: Uint8Array): Card {
  const entries = [...fields(model)].filter(([number]) => number === METADATA);
  const texts = entries.map(([, entry]) => [...fields(entry)].map(([, value]) => new TextDecoder().decode(value)));
  const card = texts.find(([key]) => key === KEY);
  if (!card) throw new Error("the model has no card");
  return JSON.parse(card[1]) as Card;
}

/** The fields of a Protocol Buffers message that have a length, by their numbers. */
function* fields(message: Uint8Array): Generator<[number, Uint8Array]> {
  let place = 0;
  const varint = () => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = message[place++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  };
  while (place < message.length) {
    const tag = varint();
    const kind = tag % 8;
    if (kind === 0) varint();
    else if (kind === 1) place += 8;
    else if (kind === 5) place += 4;
    else {
      const length = varint();
      yield [Math.floor(tag / 8), message.subarray(place, place + length)];
      place += length;
    }
  }
}
