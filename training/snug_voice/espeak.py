"""Speech of espeak-ng with the places of its words and phonemes, through libespeak-ng.

Debian's package libespeak-ng1, 1.51. The process has one synthesiser: not for several threads.
Source: speak_lib.h of espeak-ng.
"""

import ctypes
from dataclasses import dataclass

import numpy as np

_RETRIEVAL, _PHONEME_EVENTS, _UTF8 = 1, 1, 1
_RATE, _PITCH, _RANGE = 1, 3, 4
_LIST_END, _WORD, _PHONEME = 0, 1, 7


class _Name(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Name),
    ]


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True)
class Word:
    """A word of the text: characters from `first`, and the sample where it is heard."""

    first: int
    length: int
    sample: int


@dataclass(frozen=True)
class Phoneme:
    name: str
    sample: int


class Espeak:
    def __init__(self):
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self.sample_rate = self._library.espeak_Initialize(_RETRIEVAL, 1000, None, _PHONEME_EVENTS)
        self._sound, self._words, self._phonemes = [], [], []
        self._callback = _CALLBACK(self._heard)  # Kept: the library holds no reference to it.
        self._library.espeak_SetSynthCallback(self._callback)

    def _heard(self, samples, count, events):
        if samples and count > 0:
            self._sound.append(np.ctypeslib.as_array(samples, (count,)).copy())
        at = 0
        while events[at].type != _LIST_END:
            event = events[at]
            if event.type == _WORD and event.length > 0:
                self._words.append(Word(event.text_position - 1, event.length, event.sample))
            elif event.type == _PHONEME:
                name = event.id.string.decode("utf-8", "ignore")
                self._phonemes.append(Phoneme(name, event.sample))
            at += 1
        return 0

    def speak(self, text, voice, rate, pitch):
        """int16 samples, words and phonemes of `text`; rate in words a minute, pitch 0 to 99."""
        self._sound, self._words, self._phonemes = [], [], []
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice}; is espeak-ng-data installed?")
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, 50)):
            self._library.espeak_SetParameter(parameter, value, 0)
        data = text.encode()
        size = ctypes.c_size_t(len(data) + 1)
        self._library.espeak_Synth(data, size, 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return np.concatenate(self._sound), self._words, self._phonemes
