"""Texts to train on: syllables by rule, a list of common ones and sentences of our own.

Nothing of other people's collections: the text has no licence but Snug's.
"""

import random
from pathlib import Path

from snug_voice import syllables

_HERE = Path(__file__).parent
COMMON = (_HERE / "common.txt").read_text(encoding="utf-8").split()
SENTENCES = (_HERE / "training_sentences.txt").read_text(encoding="utf-8").splitlines()
ENDS = ".....?!"
_SENTENCE_SHARE = 0.06


def syllable(chance):
    """A syllable of any onset, rhyme and tone that go together; not all of them are words."""
    while True:
        onset = chance.choice(syllables.ONSETS)
        rhyme = chance.choice(syllables.RHYMES_OF_QU if onset == "qu" else syllables.RHYMES)
        written = syllables.spelled(onset, rhyme, chance.choice(syllables.tones_of(rhyme)))
        if written:
            return written


def _clause(chance, length, common):
    words = (
        chance.choice(COMMON) if chance.random() < common else syllable(chance)
        for _ in range(length)
    )
    return " ".join(words)


def sentence(chance):
    """One to three clauses of two to eight syllables."""
    if chance.random() < _SENTENCE_SHARE:
        return chance.choice(SENTENCES)
    common = chance.choice([0.3, 0.6, 0.9])
    clauses = [
        _clause(chance, chance.randint(2, 8), common) for _ in range(chance.choice([1, 1, 2, 2, 3]))
    ]
    return ", ".join(clauses) + chance.choice(ENDS)


def corpus(count, seed):
    chance = random.Random(seed)
    return [sentence(chance) for _ in range(count)]
