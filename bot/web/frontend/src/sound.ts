// wavesurfer.js plays and draws the axis, the cursor and the marks; the charts are layers of ours.

import type { Signal } from "@preact/signals";
import WaveSurfer from "wavesurfer.js";
import Regions from "wavesurfer.js/dist/plugins/regions.esm.js";
import Timeline from "wavesurfer.js/dist/plugins/timeline.esm.js";
import { lay, marking, scores, spectrogram } from "./chart";
import { clock, data, say } from "./data";
import { Refused, askPart } from "./server";
import type { Note, Whole } from "./types";

const SHORTEST = 2; // s that are seen at least
const STEP = 1; // s, by the arrow keys
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800]; // s between two times on the axis
const LABEL = 52; // px that a time takes
const SETTLED = 500; // ms without movement until a finer picture is asked for

export interface Shown {
  playing: Signal<boolean>;
  time: Signal<number>;
  plays: Signal<boolean>;
  closer: Signal<boolean>;
  said: Signal<string>;
}

export class Sound {
  private readonly surfer: WaveSurfer;
  private readonly view: HTMLElement; // what is seen of the axis, scrolls
  private readonly layer = spectrogram();
  private readonly address: string;
  private readonly finer = new Map<string, string>(); // what was said of a part
  private span: number; // s that are seen
  private request: AbortController | null = null;
  private timer = 0;
  private ruler: ReturnType<typeof Timeline.create> | null = null;

  constructor(
    place: HTMLElement,
    private readonly note: Note,
    private readonly whole: Whole,
    private readonly duration: number,
    private readonly shown: Shown,
  ) {
    this.span = duration;
    this.address = note.file ? URL.createObjectURL(note.file) : "";
    this.surfer = WaveSurfer.create({
      container: place,
      height: 1, // the charts stand in for the wave
      waveColor: "transparent",
      progressColor: "transparent",
      cursorColor: "#ffffff",
      cursorWidth: 2,
      cspNonce: data.nonce,
    });
    this.view = this.surfer.getWrapper().parentElement!;
    this.listen();
    this.draw();
    // Given a wave, wavesurfer does not decode the whole file, which may last two hours.
    void this.surfer.load(this.address, [[0, 0]], duration).catch(() => undefined);
  }

  toggle(): void {
    void this.surfer.playPause();
  }

  /** See `factor` times as many seconds, around the cursor where it is seen. */
  scale(factor: number): void {
    const [start, end] = this.seen();
    const time = this.surfer.getCurrentTime();
    const middle = time > start && time < end ? time : (start + end) / 2;
    this.span = Math.min(this.duration, Math.max(SHORTEST, this.span * factor));
    this.surfer.zoom(this.span < this.duration ? this.view.clientWidth / this.span : 0);
    this.surfer.setScrollTime(middle - this.span / 2);
    this.rule();
    this.shown.closer.value = this.span < this.duration;
    this.settle();
  }

  /** Move by a share of what is seen. */
  move(share: number): void {
    this.surfer.setScrollTime(Math.max(0, this.seen()[0] + share * this.span));
  }

  end(): void {
    clearTimeout(this.timer);
    this.request?.abort();
    this.surfer.destroy();
    URL.revokeObjectURL(this.address);
  }

  private seen(): [number, number] {
    const start = (this.surfer.getScroll() / this.view.scrollWidth) * this.duration;
    return [start, start + this.span];
  }

  private listen(): void {
    const { surfer, shown } = this;
    surfer.on("play", () => (shown.playing.value = true));
    surfer.on("pause", () => (shown.playing.value = false));
    surfer.on("error", () => (shown.plays.value = !this.address));
    surfer.on("scroll", () => this.settle());
    surfer.on("timeupdate", (time) => {
      shown.time.value = time;
      this.tell(time);
    });
    const slider = { role: "slider", tabindex: 0, "aria-label": say("position"), "aria-valuemin": 0, "aria-valuemax": Math.round(this.duration) };
    for (const [name, value] of Object.entries(slider)) this.view.setAttribute(name, String(value));
    this.tell(0);
    this.view.addEventListener("keydown", (event) => {
      const time = surfer.getCurrentTime();
      const goes: Record<string, () => void> = {
        ArrowLeft: () => this.go(time - STEP),
        ArrowRight: () => this.go(time + STEP),
        Home: () => this.go(0),
        End: () => this.go(this.duration),
        " ": () => this.toggle(),
        Enter: () => this.toggle(),
        "+": () => this.scale(0.5),
        "-": () => this.scale(2),
      };
      if (!(event.key in goes)) return;
      event.preventDefault();
      goes[event.key]();
    });
  }

  /** wavesurfer's own `setTime` forgets a move that comes while the one before is under way. */
  private go(time: number): void {
    const media = this.surfer.getMediaElement();
    const within = Math.min(this.duration, Math.max(0, time));
    if (media?.readyState) media.currentTime = within;
    else this.surfer.setTime(within);
  }

  private tell(time: number): void {
    this.view.setAttribute("aria-valuenow", String(Math.round(time)));
    this.view.setAttribute("aria-valuetext", `${clock(time)} / ${clock(this.duration)}`);
  }

  private draw(): void {
    const { words, answer, picture } = this.whole;
    if (words.chart) {
      const { windows, thresholds } = answer.verdict;
      this.surfer.getWrapper().append(this.layer, scores(windows, thresholds, this.duration));
      void lay(this.layer, picture, words.chart, this.duration);
      this.surfer.once("ready", () => this.mark());
    }
    this.rule();
  }

  /** The times under the axis, as many as there is room for. */
  private rule(): void {
    if (this.ruler) this.surfer.unregisterPlugin(this.ruler);
    const most = this.view.clientWidth / LABEL;
    const step = STEPS.find((each) => this.span / each <= most) ?? this.duration;
    this.ruler = this.surfer.registerPlugin(
      Timeline.create({
        height: 22,
        timeInterval: step / 2,
        primaryLabelInterval: step,
        secondaryLabelInterval: step,
        formatTimeCallback: clock,
        style: { fontSize: "12px" },
      }),
    );
  }

  private mark(): void {
    const regions = this.surfer.registerPlugin(Regions.create());
    for (const stretch of this.whole.words.stretches) {
      const { content, style } = marking(stretch, this.duration);
      const { start, end } = stretch;
      const region = regions.addRegion({ start, end, content, drag: false, resize: false, color: "transparent" });
      if (region.element) Object.assign(region.element.style, style);
    }
  }

  /** When all is still, hear what is seen by itself and lay its picture over the whole one's. */
  private settle(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refine(), SETTLED);
  }

  private async refine(): Promise<void> {
    this.request?.abort();
    this.shown.said.value = "";
    if (!this.note.file || this.whole.onDevice || this.span >= this.duration) return; // only the server hears parts
    const [start, end] = this.seen();
    const part: [number, number] = [Math.floor(start), Math.ceil(Math.min(end, this.duration))];
    const known = this.finer.get(part.join());
    if (known !== undefined) {
      this.shown.said.value = known;
      return;
    }
    const request = (this.request = new AbortController());
    this.shown.said.value = say("finer");
    try {
      const found = await askPart(this.note.file, part, Math.ceil(this.duration), request.signal);
      if (found.chart) await lay(this.layer, found.picture, found.chart, this.duration);
      this.finer.set(part.join(), found.said);
      if (!request.signal.aborted) this.shown.said.value = found.said;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!request.signal.aborted) this.shown.said.value = error.message;
    }
  }
}
