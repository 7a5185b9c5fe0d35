declare module "@echogarden/fvad-wasm" {
  interface Fvad {
    _malloc(bytes: number): number;
    _fvad_new(): number;
    _fvad_set_mode(detector: number, mode: number): number;
    _fvad_set_sample_rate(detector: number, rate: number): number;
    _fvad_process(detector: number, frame: number, samples: number): number; // 1: somebody speaks
    _fvad_free(detector: number): void;
    setValue(place: number, value: number, kind: "i16"): void;
  }
  export default function fvad(options: { wasmBinary: ArrayBuffer }): Promise<Fvad>;
}
