"""What is told about one sentence of one system, and about many of them together."""

from dataclasses import asdict, dataclass

import numpy as np

from snug_voice import scores
from snug_voice.meter import segments


@dataclass(frozen=True)
class Row:
    """Counts of one sentence, so that sums over any choice of sentences can be made of them.

    `onset` to `syllable` are right ones by the meter, of `segments`; `letter_edits` of `letters`
    and `word_edits` of `words` are errors of the free recogniser, `words_heard` the syllables that
    it wrote; letters are compared as they are spelled, syllables by their sound. `distortion` is dB
    from espeak's, `length` times espeak's.
    """

    system: str
    voice: str
    text: str
    heard: str
    segments: int
    onset: int
    rhyme: int
    tone: int
    syllable: int
    letters: int
    letter_edits: int
    words: int
    word_edits: int
    words_heard: int
    distortion: float
    length: float


# A figure: the share of one column in another, or the median of a column.
SHARES = {
    "onset": ("onset", "segments"),
    "rhyme": ("rhyme", "segments"),
    "tone": ("tone", "segments"),
    "syllable": ("syllable", "segments"),
    "letter_errors": ("letter_edits", "letters"),
    "syllable_errors": ("word_edits", "words"),
    "syllables_heard": ("words_heard", "words"),
}
MEDIANS = ("distortion", "length")


@dataclass(frozen=True)
class Judge:
    """Both recognisers, ready to hear."""

    recognisers: object

    def row(self, system, said, mel, durations):
        """`said`: espeak's utterance of the sentence; `durations`: frames of its letters here."""
        found = segments(said.text, durations)
        meter = self.recognisers.meters[said.voice]
        right = meter.judged(mel, found).sum(0)
        spoken, heard = scores.plain(said.text), self.recognisers.listener.heard(mel)
        letter_edits, _ = scores.compared(heard, spoken)
        word_edits, words_heard = scores.compared(
            [meter.alike.sound(word) for word in heard.split()],
            [meter.alike.sound(word) for word in spoken.split()],
        )
        return Row(
            system,
            said.name,
            said.text,
            heard,
            len(found),
            *(int(count) for count in right),
            len(spoken),
            letter_edits,
            len(spoken.split()),
            word_edits,
            words_heard,
            scores.distortion(mel, said.mel),
            len(mel) / len(said.mel),
        )


@dataclass(frozen=True)
class Said:
    """espeak's utterance of a sentence, with the name of its voice."""

    utterance: object
    name: str

    @property
    def text(self):
        return self.utterance.text

    @property
    def voice(self):
        return self.utterance.voice

    @property
    def mel(self):
        return self.utterance.mel.astype(np.float32)


def column(rows, name):
    return [getattr(row, name) for row in rows]


def summary(rows):
    """Each figure over these rows, as intervals."""
    figures = {
        name: scores.ratio_interval(column(rows, part), column(rows, whole))
        for name, (part, whole) in SHARES.items()
    }
    return figures | {name: scores.median_interval(column(rows, name)) for name in MEDIANS}


def change(rows, others, figure):
    """How much a share of `rows` exceeds that of `others`, the same sentences in the same order."""
    if [(r.voice, r.text) for r in rows] != [(r.voice, r.text) for r in others]:
        raise ValueError("only the same sentences of the same voices can be compared")
    part, whole = SHARES[figure]
    return scores.difference_interval(
        column(rows, part), column(rows, whole), column(others, part), column(others, whole)
    )


def grouped(rows, *names):
    """Rows by the values of some columns, in the order in which they come."""
    groups = {}
    for row in rows:
        groups.setdefault(tuple(getattr(row, name) for name in names), []).append(row)
    return groups


def csv_rows(rows):
    """The header and a line of values for each row."""
    dictionaries = [asdict(row) for row in rows]
    return [list(dictionaries[0]), *(list(row.values()) for row in dictionaries)]
