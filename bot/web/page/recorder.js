// A voice note from the microphone, with a picture of its level while it is made.

// Our own processing would hide what we listen for, so the browser is asked for the plain sound.
const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

/** Starts at once. `finished` becomes the sound, or null when it was discarded. */
export async function record(canvas, clock, maxSeconds) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: PLAIN });
  try {
    return take(stream, canvas, clock, maxSeconds);
  } catch (error) {
    release(stream); // or the browser would show that it listens, with nobody to stop it
    throw error;
  }
}

function take(stream, canvas, clock, maxSeconds) {
  const recorder = new MediaRecorder(stream, { mimeType: KINDS.find(MediaRecorder.isTypeSupported) });
  const parts = [];
  let kept = true;
  const finished = new Promise((resolve) => {
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      release(stream);
      resolve(kept ? new Blob(parts, { type: recorder.mimeType }) : null);
    });
  });
  const stop = () => recorder.state === "recording" && recorder.stop();
  const discard = () => {
    kept = false;
    stop();
  };
  recorder.start();
  finished.then(draw(stream, canvas, clock, maxSeconds, stop));
  return { finished, stop, discard };
}

function release(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** Shows level and time until the returned function is called; stops at the longest time. */
function draw(stream, canvas, clock, maxSeconds, stop) {
  const sound = new AudioContext();
  const analyser = new AnalyserNode(sound, { fftSize: 2048 });
  sound.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const pen = canvas.getContext("2d");
  const colour = getComputedStyle(canvas).color;
  const started = performance.now();
  const levels = [];
  const timer = setInterval(() => {
    const seconds = (performance.now() - started) / 1000;
    clock.textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
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
    sound.close();
  };
}
