// What goes between the page and the server, as bot/web/words.py and answers.py make it.

export interface Window {
  start: number; // s
  end: number;
  score: number; // P(synthetic)
}

export interface Chart {
  box: [number, number, number, number]; // left, top, right, bottom of the spectrogram in the picture, px
  width: number; // of the picture, px
  start: number; // s of the recording
  end: number;
}

export interface Stretch {
  start: number;
  end: number;
  synthetic: boolean;
  words: string;
}

export interface Words {
  language: string;
  label: "human" | "synthetic" | "mixed" | "inconclusive";
  lean: "human" | "synthetic" | null;
  judged: boolean; // whether the score says anything
  cut: string;
  headline: string;
  lines: string[];
  advice: string[];
  marks: string;
  stretches: Stretch[];
  why: { heading: string; lines: string[] };
  file: { heading: string; facts: [string, string][]; worth: string };
  chart: Chart | null;
}

export interface Answer {
  sha256: string;
  verdict: {
    score: number;
    thresholds: [number, number];
    windows: Window[];
    duration_seconds: number | null;
  };
}

export interface Whole {
  answer: Answer;
  words: Words;
  picture: Blob; // empty where there is none
  onDevice?: boolean; // made here, by src/private
}

export interface Part {
  said: string;
  chart: Chart | null;
  picture: Blob;
}

export interface Note {
  id: number;
  batch: number; // ms since 1970; of files that came together, newer ones stand above
  name: string;
  file: Blob | null; // null: the browser had no room for it
  onDevice?: boolean; // it is checked here and not sent
  state: "waiting" | "sending" | "listening" | "answered" | "failed";
  done: number | null; // share of the upload or of what is heard; null: unknown
  hint: string; // why it waits, or has no sound
  error: string;
  mayRetry: boolean;
  whole: Whole | null;
}
