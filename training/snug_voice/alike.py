"""Which spellings a voice of espeak-ng pronounces alike, asked of its phonemes.

In the north d, gi and r are one sound, in the south d, gi and v, and -n is -ng after some vowels.
Nothing that only listens can tell them apart, so neither speech nor a recogniser is to be blamed
for them: syllables are compared by what they sound like in the voice that speaks.
"""

from dataclasses import dataclass

from snug_voice import data, syllables


@dataclass(frozen=True)
class Alike:
    """`onsets` and `rhymes`: each spelling to the first one that sounds like it."""

    onsets: dict
    rhymes: dict

    @staticmethod
    def of(voice):
        """As VOICES[voice] speaks."""
        onsets = {onset: _phonemes(voice, onset, "a")[:-1] for onset in [*syllables.ONSETS, "qu"]}
        rhymes = {}
        for rhyme in sorted({*syllables.RHYMES, *syllables.RHYMES_OF_QU}):
            if syllables.spelled("t", rhyme, ""):
                rhymes[rhyme] = _phonemes(voice, "t", rhyme)[1:]
        return Alike(_first_of_each(onsets), _first_of_each(rhymes))

    def sound(self, syllable):
        """Onset, rhyme and tone; parts that no rule makes stand for themselves."""
        onset, rhyme, tone = syllables.parts(syllable)
        return self.onsets.get(onset, onset), self.rhymes.get(rhyme, rhyme), tone


def _phonemes(voice, onset, rhyme):
    """Names of phonemes; stops get a tone, or espeak would take the syllable for a foreign word."""
    tone = syllables.tones_of(rhyme)[0]
    chosen = data.VOICES[voice]
    written = syllables.spelled(onset, rhyme, tone)
    _, _, phonemes = data._espeak().speak(written, chosen.espeak, data.SPEED_MAX, chosen.pitch)
    return tuple(p.name for p in phonemes if p.name and not p.name.startswith(("_", "(")))


def _first_of_each(phonemes):
    """Each spelling to the first that has the same phonemes."""
    first = {}
    return {spelling: first.setdefault(names, spelling) for spelling, names in phonemes.items()}
