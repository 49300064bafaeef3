"""Rows of espeak's controls and of Snug for the same sentences; files that appear whole."""

import json
from pathlib import Path

from snug_voice import data, speaking
from snug_voice import mel as log_mel
from snug_voice.judging import Said

SENTENCES = Path(__file__).with_name("sentences.txt")
ESPEAK, COPY, OTHER, SNUG = "espeak itself", "vocoder copy", "another sentence", "snug"


def sentences(count=None):
    return SENTENCES.read_text(encoding="utf-8").splitlines()[:count]


def said(texts, voice):
    """espeak's utterances in one voice."""
    return [Said(data.make(text, voice), data.VOICES[voice].name) for text in texts]


def control_rows(judge, utterances, export):
    """Rows of the controls of one voice."""
    rows = []
    for number, one in enumerate(utterances):
        durations = one.utterance.durations
        rows.append(judge.row(ESPEAK, one, one.mel, durations))
        if export:
            rows.append(judge.row(COPY, one, log_mel.mel(export.copy(one.mel)), durations))
        other = utterances[(number + len(utterances) // 2) % len(utterances)].mel
        stretched = durations * (len(other) / len(one.mel))
        rows.append(judge.row(OTHER, one, other, stretched))
    return rows


def snug_rows(judge, utterances, export, asked, voice, folder):
    """Rows of the Java program in one voice, and what speaking took; `voice` as speak takes it."""
    name = utterances[0].name
    reference = export.texts[name] if isinstance(voice, str) else voice[1]
    spoken = speaking.speak(asked, voice, [one.text for one in utterances], folder)
    rows = []
    for one, samples in zip(utterances, spoken.sounds, strict=True):
        mel = log_mel.mel(samples)
        durations = export.durations(reference, one.text, len(mel))
        rows.append(judge.row(SNUG, one, mel, durations))
    return rows, spoken


def write(folder, name, text):
    """A whole file or none."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    part.write_text(text, encoding="utf-8")
    part.replace(folder / name)


def as_json(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
