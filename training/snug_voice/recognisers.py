"""Trains the two recognisers that judge speech, and says how well they hear unseen espeak speech.

    python -m snug_voice.recognisers syllables     the meter: onset, rhyme, tone; 2 CPU minutes
    python -m snug_voice.recognisers letters       the free recogniser; 28 CPU minutes beside much
                                                   other work, less without it; resumable

Neither ever hears Snug: both know espeak-ng's training set only.
"""

import argparse
import json
import time
from dataclasses import dataclass

import numpy as np
import torch

from snug_voice import data, listener, scores
from snug_voice.alike import Alike
from snug_voice.meter import Meter, segments

FOLDER = data.BUILD / "recognisers"
METER, LISTENER = FOLDER / "meter", FOLDER / "listener.pt"


@dataclass(frozen=True)
class Recognisers:
    """The meter of each voice and the listener of all."""

    meters: list
    listener: listener.Listener

    @staticmethod
    def load():
        missing = [path for path in (*_meter_files(), LISTENER) if not path.exists()]
        if missing:
            raise FileNotFoundError(
                f"{missing[0]} is not there; train it: python -m snug_voice.recognisers "
                + ("letters" if missing[0] == LISTENER else "syllables")
            )
        saved = torch.load(LISTENER, weights_only=True)
        return Recognisers(
            [Meter.load(path) for path in _meter_files()], listener.Listener.restored(saved)
        )


def _meter_files():
    return [METER / f"{voice.name}.npz" for voice in data.VOICES]


def unseen(utterances, training):
    """Those whose text was not trained on: some texts are drawn from a short list."""
    known = {u.text for u in training}
    return [u for u in utterances if u.text not in known]


def train_syllables(training):
    began = time.process_time()
    for voice, path in enumerate(_meter_files()):
        if path.exists():
            continue
        own = [u for u in training if u.voice == voice]
        Meter.fitted(own, Alike.of(voice)).save(path)
        print(f"meter: {path.stem}, {time.process_time() - began:.0f} CPU s", flush=True)
    return time.process_time() - began


def test_syllables(utterances):
    """Shares of right onsets, rhymes, tones and whole syllables, by voice."""
    report = {}
    for voice, path in enumerate(_meter_files()):
        meter = Meter.load(path)
        right = np.concatenate(
            [
                meter.judged(u.mel, segments(u.text, u.durations))
                for u in utterances
                if u.voice == voice
            ]
        )
        names = ("onset", "rhyme", "tone", "syllable")
        report[path.stem] = dict(zip(names, right.mean(0).round(4).tolist(), strict=True))
        report[path.stem]["syllables"] = len(right)
    return report


def train_letters(training):
    if not LISTENER.exists():
        listener.train(training, LISTENER)
    return torch.load(LISTENER, weights_only=True)["cpu_seconds"]


def test_letters(utterances):
    """Error rates of letters as spelled and of syllables by sound, by voice."""
    net = listener.Listener.restored(torch.load(LISTENER, weights_only=True))
    report = {}
    for number, voice in enumerate(data.VOICES):
        sums, alike = np.zeros(4), Alike.of(number)
        for utterance in (u for u in utterances if u.voice == number):
            said, heard = scores.plain(utterance.text), net.heard(utterance.mel)
            letters, _ = scores.compared(heard, said)
            words, _ = scores.compared(
                [alike.sound(word) for word in heard.split()],
                [alike.sound(word) for word in said.split()],
            )
            sums += letters, len(said), words, len(said.split())
        report[voice.name] = {
            "letter_errors": round(sums[0] / sums[1], 4),
            "syllable_errors": round(sums[2] / sums[3], 4),
            "letters": int(sums[1]),
        }
    return report


KINDS = {"syllables": (train_syllables, test_syllables), "letters": (train_letters, test_letters)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=KINDS, nargs="?", help="both when left out")
    kind = parser.parse_args().kind
    torch.set_num_threads(1)
    training = data.load(data.TRAIN)
    utterances = unseen(data.load(data.TEST), training)
    for name in [kind] if kind else KINDS:
        train, test = KINDS[name]
        seconds = train(training)
        text = json.dumps({"cpu_seconds": round(seconds)} | test(utterances), indent=2)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(text)


if __name__ == "__main__":
    main()
