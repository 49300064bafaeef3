"""How near something heard or measured comes to what was meant: plain functions of sequences.

Edits: Levenshtein, 1966. Mel-cepstral distortion over a warped time axis: Kubichek, 1993, and
Sakoe and Chiba, 1978. Intervals: the percentile bootstrap (Efron, 1979), over sentences, because
the syllables of one sentence are not independent of each other.
"""

from dataclasses import dataclass

import numpy as np
from scipy.fft import dct

CEPSTRA = 13
BOOTSTRAP_ROUNDS = 1000
_PUNCTUATION = str.maketrans(",.?!", "    ")
# An orthonormal DCT of 100 bands, in nepers, to the decibels in which others print distortion.
_DECIBELS = 10 / np.log(10) * np.sqrt(2) / np.sqrt(50)


@dataclass(frozen=True)
class Interval:
    """A figure over sentences with the 95 % interval of the bootstrap."""

    value: float
    low: float
    high: float

    def text(self, digits=3):
        return f"{self.value:.{digits}f} ({self.low:.{digits}f} to {self.high:.{digits}f})"

    def json(self):
        return {name: round(getattr(self, name), 5) for name in ("value", "low", "high")}


def plain(text):
    """What of a text can be heard: letters and single spaces."""
    return " ".join(text.translate(_PUNCTUATION).split())


def compared(heard, said):
    """Edits from `said` to `heard`, and how many items of `said` stay the same in those edits.

    Both are sequences. Of equally few edits those count that keep most.
    """
    row = [(index, 0) for index in range(len(heard) + 1)]
    for number, meant in enumerate(said, 1):
        above, row = row, [(number, 0)]
        for index, item in enumerate(heard, 1):
            same = item == meant
            edits, kept = above[index - 1]
            choices = (
                (edits + (not same), kept - same),
                (above[index][0] + 1, above[index][1]),
                (row[-1][0] + 1, row[-1][1]),
            )
            row.append(min(choices))
    return row[-1][0], -row[-1][1]


def cepstra(mel):
    """Log-mel [frames, bands] to [frames, 13]: the loudness, number 0, is left out."""
    return dct(np.asarray(mel, np.float64), axis=1, norm="ortho")[:, 1 : CEPSTRA + 1]


def distortion(mel, other):
    """Mean mel-cepstral distortion in dB along the cheapest warping of two log-mels."""
    a, b = cepstra(mel), cepstra(other)
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T
    return _warped_mean(np.sqrt(np.maximum(squares, 0))) * _DECIBELS


def _warped_mean(costs):
    """Costs [n, m] along the cheapest path from corner to corner, divided by its steps.

    One anti-diagonal at a time, so that numpy does the inner loop. `total` and `steps` are those
    of the two diagonals before, by row, with one cell of margin above.
    """
    rows, columns = costs.shape
    flipped = costs[:, ::-1]
    before, last = _blank(rows), _blank(rows)
    for diagonal in range(rows + columns - 1):
        first, end = max(0, diagonal - columns + 1), min(rows, diagonal + 1)
        at = np.arange(first, end)
        ways = np.stack([before[0][at], last[0][at], last[0][at + 1]])
        steps = np.stack([before[1][at], last[1][at], last[1][at + 1]])
        best = ways.argmin(0)
        here = np.arange(len(at))
        total = np.where((at == 0) & (diagonal == 0), 0, ways[best, here])
        now = _blank(rows)
        now[0][at + 1] = total + flipped.diagonal(columns - 1 - diagonal)
        now[1][at + 1] = np.where(diagonal == 0, 0, steps[best, here]) + 1
        before, last = last, now
    return last[0][rows] / last[1][rows]


def _blank(rows):
    return np.full(rows + 1, np.inf), np.zeros(rows + 1)


def ratio_interval(parts, wholes, seed=0):
    """Sum of parts over sum of wholes, one of each a sentence."""
    parts, wholes = np.asarray(parts, float), np.asarray(wholes, float)
    drawn = _drawn(len(parts), seed)
    return _interval(
        parts.sum() / wholes.sum(), parts[drawn].sum(1) / wholes[drawn].sum(1)
    )


def difference_interval(parts, wholes, other_parts, other_wholes, seed=0):
    """How much a ratio exceeds another one of the same sentences: resampled together."""
    arrays = [np.asarray(a, float) for a in (parts, wholes, other_parts, other_wholes)]
    drawn = _drawn(len(arrays[0]), seed)
    a, b, c, d = (array[drawn].sum(1) for array in arrays)
    first, whole, second, other = (array.sum() for array in arrays)
    return _interval(first / whole - second / other, a / b - c / d)


def median_interval(values, seed=0):
    values = np.asarray(values, float)
    return _interval(np.median(values), np.median(values[_drawn(len(values), seed)], axis=1))


def _drawn(count, seed):
    """Indices [rounds, count], with replacement."""
    return np.random.default_rng(seed).integers(0, count, (BOOTSTRAP_ROUNDS, count))


def _interval(value, resampled):
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Interval(float(value), float(low), float(high))
