"""Utterances of espeak-ng, each character with the frames in which it is heard."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from snug_voice import mel as log_mel
from snug_voice import syllables, texts
from snug_voice.espeak import Espeak

BUILD = Path(__file__).parent.parent / "build"
TRAIN, TEST = BUILD / "data" / "train.npz", BUILD / "data" / "test.npz"

PEAK = 0.7
SPEED_MIN, SPEED_MAX = 140, 175  # Words a minute.
_SILENCE = 3e-4
_TAIL_SECONDS = 0.09
_UP, _DOWN = 160, 147  # 22.05 kHz to 24 kHz.
_VOWELS = set("aeiouyAEIOUV@W3&0")


@dataclass(frozen=True)
class Voice:
    """A voice that the model learns; `share` of the training texts are spoken by it."""

    name: str
    espeak: str
    pitch: int
    gender: str
    area: str
    share: float


VOICES = [
    Voice("female-north", "vi+f2", 55, "female", "northern", 0.28),
    Voice("female-central", "vi-vn-x-central+f3", 55, "female", "central", 0.11),
    Voice("female-south", "vi-vn-x-south+f5", 58, "female", "southern", 0.11),
    Voice("male-north", "vi+m3", 60, "male", "northern", 0.28),
    Voice("male-central", "vi-vn-x-central+m7", 58, "male", "central", 0.11),
    Voice("male-south", "vi-vn-x-south+m2", 62, "male", "southern", 0.11),
]
VOCABULARY = [" ", ",", ".", "?", "!"] + sorted(
    "abcdeghiklmnopqrstuvxy"
    "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
)
TOKEN = {character: index for index, character in enumerate(VOCABULARY)}


@dataclass(frozen=True)
class Utterance:
    """`durations`: frames of each character, real numbers that sum to the frames of `mel`."""

    text: str
    voice: int
    durations: np.ndarray
    mel: np.ndarray
    samples: np.ndarray

    def tokens(self):
        return np.array([TOKEN[character] for character in self.text], np.int64)


@cache
def _espeak():
    return Espeak()


def make(text, voice, speed=157):
    """What espeak-ng says for `text` in VOICES[voice], aligned."""
    chosen = VOICES[voice]
    heard, words, phonemes = _espeak().speak(text, chosen.espeak, speed, chosen.pitch)
    samples = resample_poly(heard.astype(np.float32) / 32768, _UP, _DOWN)
    loud = np.nonzero(np.abs(samples) > _SILENCE)[0]
    samples = samples[: min(len(samples), loud[-1] + int(_TAIL_SECONDS * log_mel.SAMPLE_RATE))]
    samples *= PEAK / np.abs(samples).max()
    spectrogram = log_mel.mel(samples)
    durations = _durations(text, words, phonemes, len(samples) * _DOWN / _UP)
    durations *= len(spectrogram) / durations.sum()
    return Utterance(
        text,
        voice,
        durations.astype(np.float32),
        spectrogram.astype(np.float16),
        (samples * 32767).astype(np.int16),
    )


def _durations(text, words, phonemes, end):
    """Samples of each character: onset and rhyme by their phonemes, pauses on what follows."""
    durations = np.zeros(len(text))
    for index, word in enumerate(words):
        last = index + 1 == len(words)
        until = end if last else words[index + 1].sample
        own = [p for p in phonemes if word.sample <= p.sample and (last or p.sample < until)]
        pauses = [p.sample for p in own if p.sample > word.sample and _is_pause(p.name)]
        spoken_until = min(pauses, default=until)
        first, behind = word.first, word.first + word.length
        onset = syllables.onset_length(text[first:behind])
        vowels = [p.sample for p in own if p.name and p.name[0] in _VOWELS]
        vowel = vowels[0] if vowels else word.sample
        if onset and word.sample < vowel < spoken_until:
            durations[first : first + onset] = (vowel - word.sample) / onset
            durations[first + onset : behind] = (spoken_until - vowel) / (word.length - onset)
        else:
            durations[first:behind] = (spoken_until - word.sample) / word.length
        if pauses and behind < len(text):
            durations[behind] = until - spoken_until
    return durations


def _is_pause(name):
    return name == "_" or name.startswith("_:")


def aligned(tokens, durations, frames):
    """The token of each frame + 1 [frames] and the frame's place in it [frames, 2]."""
    ends = np.cumsum(np.asarray(durations, np.float64))
    starts = ends - durations
    centres = np.arange(frames) + 0.5
    at = np.minimum(np.searchsorted(ends, centres, side="right"), len(ends) - 1)
    length = np.maximum(ends[at] - starts[at], 1e-3)
    places = np.stack([(centres - starts[at]) / length, np.log(length) / 2 - 0.8], 1)
    return tokens[at] + 1, places.astype(np.float32)


def save(path, utterances):
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez(
        part,
        texts=np.array([u.text for u in utterances]),
        voices=np.array([u.voice for u in utterances]),
        durations=np.concatenate([u.durations for u in utterances]),
        mels=np.concatenate([u.mel for u in utterances]),
        frames=np.array([len(u.mel) for u in utterances]),
        samples=np.concatenate([u.samples for u in utterances]),
        lengths=np.array([len(u.samples) for u in utterances]),
    )
    part.replace(path)


def load(path):
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    letters = [len(text) for text in arrays["texts"]]

    def cut(name, sizes):
        return np.split(arrays[name], np.cumsum(sizes)[:-1])

    columns = zip(
        arrays["texts"].tolist(),
        arrays["voices"].tolist(),
        cut("durations", letters),
        cut("mels", arrays["frames"]),
        cut("samples", arrays["lengths"]),
        strict=True,
    )
    return [Utterance(*row) for row in columns]


def generate(path, count, seed):
    """`count` utterances, the voices by their shares, at speeds of a calm reader."""
    chance = np.random.default_rng(seed)
    shares = np.array([voice.share for voice in VOICES])
    utterances = []
    for text in texts.corpus(count, seed):
        voice = int(chance.choice(len(VOICES), p=shares / shares.sum()))
        utterances.append(make(text, voice, int(chance.integers(SPEED_MIN, SPEED_MAX + 1))))
    save(path, utterances)
    seconds = sum(len(u.samples) for u in utterances) / log_mel.SAMPLE_RATE
    print(f"{path.name}: {count} utterances, {seconds / 60:.1f} minutes")


def main():
    for path, count, seed in ((TRAIN, 3000, 1), (TEST, 240, 999)):
        if not path.exists():
            generate(path, count, seed)


if __name__ == "__main__":
    main()
