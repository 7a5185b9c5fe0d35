// What the server put into the page: words in the reader's language, and limits.

interface Data {
  language: string;
  maxBytes: number;
  maxSeconds: number;
  nonce: string; // for the style sheet that wavesurfer.js writes itself
  contact: string; // of whoever runs the page; may be empty
  words: Record<string, string>;
}

export const data = JSON.parse(document.querySelector("#data")!.textContent!) as Data;

export function say(key: string): string {
  const words = data.words[key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  return words;
}

const share = new Intl.NumberFormat(data.language, { style: "percent" });

/** Rounded towards 50 as in inference/verdict.py, so that the page is never more certain than the model. */
export function percent(score: number): string {
  const rounded = score >= 0.5 ? Math.floor(score * 100 + 1e-9) : Math.ceil(score * 100 - 1e-9);
  return share.format(Math.min(Math.max(rounded, 1), 99) / 100);
}

export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Keeps the language that was chosen by a link; the server reads it. */
export function keepLanguage(): void {
  if (!new URLSearchParams(location.search).has("lang")) return;
  document.cookie = `language=${data.language}; path=${location.pathname}; max-age=31536000; samesite=strict`;
}
