"""Clips as they arrive: levelled, through messengers and rooms, or as the study augmented them."""

PRESETS = {
    "level": "both classes at one rate, length, level and bandwidth, by one encoder; no channel",
    "messenger": "levelled, then sent through what a voice note goes through; --notes: real ones",
    "study": "100 % plain, 16.7 % ambience, 16.7 % noise on the spectrogram, 16.7 % both; --noise",
}
