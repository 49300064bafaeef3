"""Vietnamese syllables by rule: onset, rhyme, tone, and how they are spelled together."""

import re
import unicodedata

ONSETS = ["", *"b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x".split()]
RHYMES = """a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âm ân âng âp ât âc âu ây
e em en eng eo ep et ec ê êm ên ênh êp êt êch êu i ia im in inh ip it ich iu iêm iên iêng iêp iêt
iêc iêu o oi om on ong op ot oc oa oai oan oang oanh oat oac oach oay oăn oăng oăt oe oen ô ôi ôm
ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt u ua ui um un ung up ut uc uê uênh uy uya uyên uyêt uynh uân uât
uây uôi uôm uôn uông uôt uôc ư ưa ưi ưng ưt ưc ưu ươi ươm ươn ương ươp ươt ươc ươu""".split()
RHYMES_OF_QU = """a ai an ang anh at ac ach ay ăn ăng ăt ân ât ây e en eo et ê ên êt y ynh yên yêt
ơ""".split()
# Combining marks: level has none, then sắc, huyền, hỏi, ngã, nặng.
TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]
VOWELS = set("aăâeêioôơuưy")
_MARKED_VOWELS = "ăâêôơư"
_ROUNDED = ("oa", "oe", "oă", "uy", "uê", "uâ")
_ONSET = re.compile(
    "ngh|ng|nh|gh|kh|ph|th|tr|ch|qu|gi(?=[^\\W\\d_bcdđghklmnpqrstvx])|[bcdđghklmnprstvx]"
)


def spelled(onset, rhyme, tone):
    """The syllable with the tone on the vowel where it is written; None where there is none."""
    onset = _onset_before(onset, rhyme)
    if onset is None:
        return None
    if onset == "gi" and rhyme[0] == "i":
        onset, rhyme = "g", rhyme  # gì, giết: one i is enough
        if len(rhyme) > 1 and rhyme[1] in VOWELS:
            onset, rhyme = "gi", rhyme[1:]
    if onset == "" and rhyme.startswith("iê"):
        rhyme = "y" + rhyme[1:]
    place = _tone_place(onset, rhyme)
    return unicodedata.normalize("NFC", onset + rhyme[: place + 1] + tone + rhyme[place + 1 :])


def _onset_before(onset, rhyme):
    front = rhyme[0] in "iêey"
    rounded = rhyme[:2] in _ROUNDED
    if onset == "c":
        if front:
            return "k"
        return None if rounded else onset
    if onset in ("g", "ng") and front:
        return onset + "h"
    if onset in ("b", "m", "ph", "v", "g", "n", "r", "gi") and rounded:
        return None
    return onset


def _tone_place(onset, rhyme):
    """The index of the vowel that carries the tone, by the older of the two habits (hòa)."""
    vowels = [i for i, letter in enumerate(rhyme) if letter in VOWELS]
    marked = [i for i in vowels if rhyme[i] in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return vowels[0]
    if len(vowels) == 3:
        return vowels[1]
    closed = vowels[-1] < len(rhyme) - 1
    return vowels[-1] if closed or onset == "qu" else vowels[0]


def tones_of(rhyme):
    """Stops carry sắc or nặng only."""
    stopped = rhyme[-1] in "ptc" or rhyme.endswith("ch")
    return [TONES[1], TONES[5]] if stopped else TONES


def onset_length(syllable):
    """How many letters of a written syllable are its onset; the rhyme keeps at least one."""
    found = _ONSET.match(syllable)
    return min(found.end() if found else 0, len(syllable) - 1)


def parts(syllable):
    """Onset, rhyme and tone (0 to 5) by sound: c, k and q are one onset."""
    cut = onset_length(syllable)
    letters = unicodedata.normalize("NFD", syllable[cut:])
    tone = next((TONES.index(letter) for letter in letters if letter in TONES[1:]), 0)
    plain = "".join(letter for letter in letters if letter not in TONES[1:])
    onset = {"k": "c", "gh": "g", "ngh": "ng", "q": "qu"}.get(syllable[:cut], syllable[:cut])
    return onset, unicodedata.normalize("NFC", plain), tone
