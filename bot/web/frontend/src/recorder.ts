// A voice note from the microphone, with a picture of its level while it is made.

import { clock as toClock } from "./data";

// Our own processing would hide what we listen for, so the browser is asked for the plain sound.
const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

export interface Recording {
  finished: Promise<Blob | null>; // null: it was discarded
  stop: () => void;
  discard: () => void;
}

/** Starts at once; throws where there is no microphone to be had. */
export async function record(canvas: HTMLCanvasElement, clock: HTMLElement, maxSeconds: number): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: PLAIN });
  try {
    return take(stream, canvas, clock, maxSeconds);
  } catch (error) {
    release(stream); // or the browser would show that it listens, with nobody to stop it
    throw error;
  }
}

function take(stream: MediaStream, canvas: HTMLCanvasElement, clock: HTMLElement, maxSeconds: number): Recording {
  const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  const recorder = new MediaRecorder(stream, { mimeType: kind });
  const parts: Blob[] = [];
  let kept = true;
  const finished = new Promise<Blob | null>((resolve) => {
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      release(stream);
      resolve(kept ? new Blob(parts, { type: recorder.mimeType }) : null);
    });
  });
  const stop = () => {
    if (recorder.state === "recording") recorder.stop();
  };
  const discard = () => {
    kept = false;
    stop();
  };
  recorder.start();
  finished.then(draw(stream, canvas, clock, maxSeconds, stop));
  return { finished, stop, discard };
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Shows level and time until the returned function is called; stops at the longest time. */
function draw(
  stream: MediaStream,
  canvas: HTMLCanvasElement,
  clock: HTMLElement,
  maxSeconds: number,
  stop: () => void,
): () => void {
  const sound = new AudioContext();
  const analyser = new AnalyserNode(sound, { fftSize: 2048 });
  sound.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const pen = canvas.getContext("2d")!;
  const colour = getComputedStyle(canvas).color;
  const started = performance.now();
  const levels: number[] = [];
  const timer = setInterval(() => {
    const seconds = (performance.now() - started) / 1000;
    clock.textContent = toClock(seconds);
    if (seconds >= maxSeconds) stop();
    analyser.getFloatTimeDomainData(samples);
    levels.push(Math.max(...samples.map(Math.abs)));
    const bars = levels.slice(-canvas.width / 8);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = colour;
    bars.forEach((level, index) => {
      const height = Math.max(4, Math.sqrt(level) * canvas.height);
      pen.fillRect(index * 8, (canvas.height - height) / 2, 5, height);
    });
  }, 60);
  return () => {
    clearInterval(timer);
    void sound.close();
  };
}
