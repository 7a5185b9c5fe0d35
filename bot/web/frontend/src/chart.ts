// Layers that lie on the time axis of a wavesurfer: the spectrogram, finer parts of it, the scores.
// They stand in its shadow tree, where the page's style sheet does not reach.

import type { Chart, Stretch, Window } from "./types";

const SPECTROGRAM_HEIGHT = "11rem";
const SCORES_HEIGHT = "4.5rem";
const MANY = 200; // windows, whose line would be a block
const PANEL = "#171d22"; // as in the picture, in both themes
const BAND = "#2b343b";
const PERSON = "#ffb347";
const MACHINE = "#40e0ff";
const UNSURE = "#a3adb5";

/** An empty spectrogram; `lay` fills it. */
export function spectrogram(): HTMLDivElement {
  const layer = document.createElement("div");
  Object.assign(layer.style, { position: "relative", height: SPECTROGRAM_HEIGHT, overflow: "hidden", background: PANEL });
  return layer;
}

/** Lays what a picture shows of the sound over its time in a recording of so many seconds. */
export async function lay(layer: HTMLElement, picture: Blob, chart: Chart, duration: number): Promise<HTMLCanvasElement> {
  const [left, top, right, bottom] = chart.box;
  const whole = await createImageBitmap(picture);
  const scale = whole.width / chart.width;
  const canvas = document.createElement("canvas");
  canvas.className = "seen"; // told from those of wavesurfer
  canvas.width = right - left;
  canvas.height = bottom - top;
  const from = [left, top, right - left, bottom - top].map((px) => px * scale) as [number, number, number, number];
  canvas.getContext("2d")!.drawImage(whole, ...from, 0, 0, canvas.width, canvas.height);
  whole.close();
  Object.assign(canvas.style, {
    position: "absolute",
    top: "0",
    left: `${(100 * chart.start) / duration}%`,
    width: `${(100 * (chart.end - chart.start)) / duration}%`,
    height: "100%",
    imageRendering: "auto",
  });
  layer.append(canvas);
  return canvas;
}

/** The score of each window over its middle, P(synthetic) upwards, on the band where nothing is said. */
export function scores(windows: Window[], [low, high]: [number, number], duration: number): SVGElement {
  const drawing = element("svg", { viewBox: `0 0 ${duration} 1`, preserveAspectRatio: "none", "aria-hidden": "true" });
  Object.assign(drawing.style, { display: "block", width: "100%", height: SCORES_HEIGHT, background: PANEL });
  const colours = element("linearGradient", { id: "scores", gradientUnits: "userSpaceOnUse", x1: 0, y1: 0, x2: 0, y2: 1 });
  for (const [at, colour] of [[1 - high, MACHINE], [1 - high, UNSURE], [1 - low, UNSURE], [1 - low, PERSON]]) {
    colours.append(element("stop", { offset: at, "stop-color": colour }));
  }
  drawing.append(colours, element("rect", { x: 0, y: 1 - high, width: duration, height: high - low, fill: BAND }));
  // A line that were exactly level would have no box to take the gradient from; hence userSpaceOnUse.
  drawing.append(
    element("path", {
      d: path(windows),
      fill: "none",
      stroke: "url(#scores)",
      "stroke-width": windows.length > MANY ? 1 : 3,
      "stroke-linejoin": "round",
      "vector-effect": "non-scaling-stroke",
    }),
  );
  return drawing;
}

/** A line from middle to middle, level at both ends, broken where nobody speaks. */
function path(windows: Window[]): string {
  return windows
    .map((window, index) => {
      const [before, after] = [windows[index - 1], windows[index + 1]];
      const height = 1 - window.score;
      const begins = !before || before.end < window.start;
      const ends = !after || after.start > window.end;
      const start = begins ? `M${window.start} ${height}` : "";
      const end = ends ? `L${window.end} ${height}` : "";
      return `${start}L${(window.start + window.end) / 2} ${height}${end}`;
    })
    .join("");
}

/** How a stretch is marked: a line above it in the colour of its side, and its words, which stay in
 * view as long as any of it does. */
export function marking(stretch: Stretch, duration: number): { content: HTMLElement; style: Partial<CSSStyleDeclaration> } {
  const colour = stretch.synthetic ? MACHINE : PERSON;
  const content = document.createElement("span");
  content.textContent = stretch.words;
  Object.assign(content.style, {
    position: "sticky",
    left: "0",
    right: "0",
    flex: "none",
    padding: "0.05rem 0.4rem 0.1rem",
    background: "rgb(11 14 17 / 82%)",
    color: colour,
    fontSize: "0.78rem",
    fontWeight: "600",
    whiteSpace: "nowrap",
  });
  const late = stretch.start + stretch.end > duration;
  const side = late ? "flex-end" : "flex-start"; // or the words could reach beyond the axis
  const style = { display: "flex", alignItems: "flex-start", justifyContent: side, borderTop: `4px solid ${colour}`, borderRadius: "0", pointerEvents: "none" };
  return { content, style };
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
