"""Sound of the Java program: `snug speak` as a user runs it, and where its syllables should lie."""

import json
import os
import resource
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from snug_voice import mel as log_mel
from snug_voice import scores
from snug_voice.networks import Durations, Vocoder

PAUSE_MILLISECONDS = 100
TIMEOUT_SECONDS = 1800


@dataclass(frozen=True)
class Asked:
    """How to speak: the program, its model (None: its own choice), and options for `speak`."""

    launcher: Path
    model: str | None = None
    options: tuple[str, ...] = ()

    def command(self, *words):
        model = () if self.model is None else ("--model", self.model)
        return [str(self.launcher), *words, *model]


@dataclass(frozen=True)
class Spoken:
    """Samples -1 to 1 of each sentence, CPU seconds of the process from its start, its report."""

    sounds: list
    cpu_seconds: float
    report: dict


def speak(asked, voice, sentences, folder):
    """All sentences in one process, each a chunk of its own.

    A mark for a pause ends a chunk, whatever its length, so a sentence is made as if it stood
    alone. The WAV file is what is measured; the dump only says how long each chunk is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text, sound, dump = folder / "text.txt", folder / "speech.wav", folder / "stages"
    text.write_text(f" [pause {PAUSE_MILLISECONDS}ms]\n".join(sentences), encoding="utf-8")
    command = asked.command("speak", "--file", str(text), "--output", str(sound), "--json")
    command += ["--dump", str(dump), "--threads", "1", *_voice(voice), *asked.options]
    output, seconds = _run(command)
    chunks = json.loads((dump / "script.json").read_text(encoding="utf-8"))["chunks"]
    _require_same([chunk["text"] for chunk in chunks], sentences)
    lengths = [
        len(np.load(dump / f"chunk-{number:03d}-wave.npy", mmap_mode="r"))
        for number in range(1, len(chunks) + 1)
    ]
    return Spoken(cut(read_wav(sound), lengths), seconds, json.loads(output))


def _voice(voice):
    """A name, or a recording with its text."""
    if isinstance(voice, str):
        return ["--voice", voice]
    recording, text = voice
    return ["--reference-audio", str(recording), "--reference-text", text]


def _run(command):
    """Standard output and the CPU seconds of the process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return done.stdout, spent


def _require_same(chunks, sentences):
    """What the text front made of the sentences must be the sentences, or scores mean nothing."""
    if len(chunks) != len(sentences):
        raise ValueError(f"{len(sentences)} sentences became {len(chunks)} chunks: {chunks}")
    for chunk, sentence in zip(chunks, sentences, strict=True):
        if scores.plain(chunk.lower()) != scores.plain(sentence):
            raise ValueError(f"{sentence!r} is read as {chunk!r}; write it as it is spoken")


def cut(samples, lengths):
    """Samples of each chunk, which pauses of equal length divide."""
    pause = PAUSE_MILLISECONDS * log_mel.SAMPLE_RATE // 1000
    expected = sum(lengths) + pause * (len(lengths) - 1)
    if len(samples) != expected:
        raise ValueError(f"the WAV file has {len(samples)} samples; its chunks make {expected}")
    starts = np.cumsum([0, *(length + pause for length in lengths)])[:-1]
    return [samples[start : start + length] for start, length in zip(starts, lengths, strict=True)]


def read_wav(path):
    """Samples -1 to 1 of a 24 kHz mono int16 file; the header that Snug writes is skipped too."""
    data = path.read_bytes()
    at = 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind == b"data":
            return np.frombuffer(data[at + 8 : at + 8 + size], "<i2").astype(np.float32) / 32768
        at += 8 + size + size % 2
    raise ValueError(f"{path} holds no samples")


def write_wav(path, samples):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(log_mel.SAMPLE_RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


class Export:
    """What was exported, in Python: the duration net says where syllables lie in Java's sound."""

    def __init__(self, folder):
        weights = load_file(folder / "aligned.safetensors")
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        self._token = {token: row for row, token in enumerate(lines, 1)}
        self._durations = _durations_net(_under("durations.", weights))
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        self.texts = {voice["name"]: voice["text"] for voice in settings["voices"]}
        self.recordings = {voice["name"]: folder / voice["file"] for voice in settings["voices"]}
        self._vocoder = _vocoder(load_file(folder / "vocoder.safetensors"))

    @torch.inference_mode()
    def durations(self, reference, text, frames):
        """Frames of each character of `text`, `frames` in all, said after `reference`."""
        tokens = [self._token[letter] for letter in f"{reference} {text}"]
        spoken = self._durations(torch.tensor([tokens]))[0].exp().numpy()[-len(text) :]
        return spoken * (frames / spoken.sum())

    @torch.inference_mode()
    def copy(self, mel):
        """A log-mel [frames, 100] through the vocoder: samples."""
        return self._vocoder(torch.from_numpy(np.asarray(mel, np.float32))[None])[0].numpy()


def _under(prefix, weights):
    return {
        name.removeprefix(prefix): values
        for name, values in weights.items()
        if name.startswith(prefix)
    }


def _blocks(weights, stem):
    return len({name.split(stem)[1].split(".")[0] for name in weights if stem in name})


def _durations_net(weights):
    """Its sizes are those of its weights."""
    rows, channels = weights["embed.weight"].shape
    kernel = weights["blocks.0.dwconv.weight"].shape[-1]
    net = Durations(rows - 1, channels, _blocks(weights, "blocks."), kernel)
    net.load_state_dict({name: values.float() for name, values in weights.items()})
    return net.eval()


def _vocoder(weights):
    channels = weights["backbone.embed.weight"].shape[0]
    widening = weights["backbone.convnext.0.pwconv1.weight"].shape[0] // channels
    net = Vocoder(channels, _blocks(weights, "convnext."), widening)
    net.load_state_dict({name: values.float() for name, values in weights.items()})
    return net.eval()
