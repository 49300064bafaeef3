"""The log-mel spectrogram of F5-TTS and Vocos, as Snug's LogMel computes it."""

import numpy as np

SAMPLE_RATE = 24_000
WINDOW = 1024
HOP = 256
BANDS = 100
MAGNITUDE_MIN = 1e-5


def triangles():
    """The share of each of 513 bins in each band [513, 100]: HTK scale, not normalised."""

    def mels(hertz):
        return 2595 * np.log10(1 + hertz / 700)

    corners = 700 * (10 ** (np.linspace(0, mels(SAMPLE_RATE / 2), BANDS + 2) / 2595) - 1)
    bins = np.linspace(0, SAMPLE_RATE / 2, WINDOW // 2 + 1)[:, None]
    up = (bins - corners[:-2]) / np.diff(corners)[:-1]
    down = (corners[2:] - bins) / np.diff(corners)[1:]
    return np.maximum(0, np.minimum(up, down)).astype(np.float32)


TRIANGLES = triangles()
HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


def mel(samples):
    """Samples of 24 kHz, -1 to 1, to float32 [samples / 256 + 1, 100]."""
    padded = np.pad(np.asarray(samples, np.float32), WINDOW // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    magnitudes = np.abs(np.fft.rfft(windows * HANN, axis=1)).astype(np.float32)
    return np.log(np.maximum(magnitudes @ TRIANGLES, MAGNITUDE_MIN))
