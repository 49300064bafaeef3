"""The syllable meter: which onset, rhyme and tone is heard in a stretch of a spectrogram.

It is told where each syllable lies, not which one it is. What the voice pronounces alike is one
class (see `alike`). Ridge regression on random features
(Rahimi and Recht, "Weighted Sums of Random Kitchen Sinks", 2008): closed form, nothing to tune,
the same on every run. One meter a voice, fitted on espeak-ng's training set only; stretches are
also moved by a frame or so while it is fitted, because those of a model are not exact.
"""

import json
from dataclasses import asdict, dataclass

import numpy as np

from snug_voice.alike import Alike

TIMES = 24
MARGIN_FRAMES = 2
RANDOM_FEATURES = 2500
RIDGE = 10.0
FRAMES_MIN = 2
_FINE_BANDS = 40  # Below 2.2 kHz: what carries pitch and the first formants.


@dataclass(frozen=True)
class Segment:
    """A syllable and its frames, real numbers, `end` not included."""

    syllable: str
    start: float
    end: float


def segments(text, durations):
    """The syllables of `text`, given the frames of each character."""
    ends = np.cumsum(durations)
    starts = ends - durations
    found, first = [], None
    for index, letter in enumerate(text + " "):
        if letter.isalpha():
            first = index if first is None else first
        elif first is not None:
            found.append(Segment(text[first:index], float(starts[first]), float(ends[index - 1])))
            first = None
    return found


def features(mel, start, end):
    """Log-mel [frames, 100] between two frames to [24 * 70 + 1]: 24 times, and the length."""
    mel = np.asarray(mel, np.float32)
    at = np.linspace(start - MARGIN_FRAMES, end + MARGIN_FRAMES, TIMES) - 0.5
    at = np.clip(at, 0, len(mel) - 1)
    low = np.minimum(at.astype(int), max(0, len(mel) - 2))
    part = (at - low).astype(np.float32)[:, None]
    rows = mel[low] * (1 - part) + mel[np.minimum(low + 1, len(mel) - 1)] * part
    coarse = rows[:, _FINE_BANDS:].reshape(TIMES, -1, 2).mean(-1)
    scaled = (np.concatenate([rows[:, :_FINE_BANDS], coarse], 1) + 1.5) / 3
    return np.append(scaled.ravel(), np.log(max(end - start, 1)) - 3).astype(np.float32)


class Meter:
    """`classes`: three lists, of onsets, rhymes and tones; `weights`: [features, all classes]."""

    def __init__(self, alike, mean, weights, classes, seed):
        self.alike = alike
        self._mean, self._weights, self._classes, self._seed = mean, weights, classes, seed
        chance = np.random.default_rng(seed)
        inputs = len(mean)
        self._mixing = chance.standard_normal((inputs, RANDOM_FEATURES), np.float32)
        self._mixing *= 1.5 / np.sqrt(inputs)
        self._offsets = chance.standard_normal(RANDOM_FEATURES, np.float32) * 0.5

    @staticmethod
    def fitted(utterances, alike, seed=0, moved=1):
        """A meter of these utterances, each stretch as it is and `moved` times elsewhere."""
        chance = np.random.default_rng(seed + 1)
        inputs, labels = [], []
        for utterance in utterances:
            for found in segments(utterance.text, utterance.durations):
                if found.end - found.start <= FRAMES_MIN:
                    continue
                for number in range(moved + 1):
                    shift = chance.normal(0, 0.8, 2) if number else (0, 0)
                    start, end = found.start + shift[0], found.end + shift[1]
                    inputs.append(features(utterance.mel, start, max(end, start + 1)))
                    labels.append(alike.sound(found.syllable))
        return Meter._solved(alike, np.stack(inputs), labels, seed)

    @staticmethod
    def _solved(alike, inputs, labels, seed):
        classes = [sorted({label[part] for label in labels}) for part in range(3)]
        meter = Meter(alike, inputs.mean(0), None, classes, seed)
        size = RANDOM_FEATURES + inputs.shape[1] + 1
        squares, products = np.zeros((size, size)), 0
        for first in range(0, len(inputs), 4096):
            mixed = meter._mixed(inputs[first : first + 4096])
            squares += mixed.T @ mixed
            products = products + mixed.T @ meter._targets(labels[first : first + 4096])
        squares[np.diag_indices(size)] += RIDGE
        meter._weights = np.linalg.solve(squares, products).astype(np.float32)
        return meter

    def _targets(self, labels):
        rows = [
            np.equal.outer([label[part] for label in labels], names)
            for part, names in enumerate(self._classes)
        ]
        return np.concatenate(rows, 1).astype(np.float32)

    def _mixed(self, inputs):
        """[n, inputs] to [n, features]: random ones, the inputs themselves, and 1."""
        inputs = inputs - self._mean
        ones = np.ones((len(inputs), 1), np.float32)
        rectified = np.maximum(inputs @ self._mixing + self._offsets, 0)
        return np.concatenate([rectified, inputs, ones], 1)

    def heard(self, mel, found):
        """Onset, rhyme and tone of each segment."""
        inputs = np.stack([features(mel, one.start, one.end) for one in found])
        scores = self._mixed(inputs) @ self._weights
        ends = np.cumsum([len(names) for names in self._classes])
        best = [part.argmax(1) for part in np.split(scores, ends[:-1], 1)]
        return [
            tuple(names[i] for names, i in zip(self._classes, row, strict=True))
            for row in zip(*best, strict=True)
        ]

    def judged(self, mel, found):
        """Right or not [segments, 4]: onset, rhyme, tone, and all three."""
        rows = []
        for one, heard in zip(found, self.heard(mel, found), strict=True):
            right = [a == b for a, b in zip(heard, self.alike.sound(one.syllable), strict=True)]
            rows.append([*right, all(right)])
        return np.array(rows, bool).reshape(-1, 4)

    def save(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npz")
        names = {f"classes_{i}": np.array(names) for i, names in enumerate(self._classes)}
        names["alike"] = np.array(json.dumps(asdict(self.alike)))
        np.savez(part, mean=self._mean, weights=self._weights, seed=self._seed, **names)
        part.replace(path)

    @staticmethod
    def load(path):
        with np.load(path) as file:
            classes = [file[f"classes_{i}"].tolist() for i in range(3)]
            alike = Alike(**json.loads(str(file["alike"])))
            return Meter(alike, file["mean"], file["weights"], classes, int(file["seed"]))
