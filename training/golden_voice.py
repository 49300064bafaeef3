"""Writes what PyTorch makes of one sentence with the trained voice, weights rounded to float16, and
how each of espeak-ng's voices sounds that Snug's are to be told apart by.

    python training/golden_voice.py speech/src/test/resources/golden/voice

The frames are those that `snug speak TEXT --voice VOICE --dry-run --json` plans.
"""

import json
import math
import sys
import wave
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from snug_voice import data, mel, networks

VOICE, TEXT = "female-north", "xin chào."
FRAMES = 280
EPSS = torch.tensor([0, 2, 4, 6, 8, 16, 24, 32]) / 32
GUIDANCE = 1.0
SEED = 7
SAID_BY_ALL = "trời hôm nay đẹp quá, chúng ta đi dạo nhé."
EXPORT = data.BUILD / "export"
# As the bundle keeps them: larger tensors are float16.
HALF_FROM = 1025


def halved(weights):
    return {
        name: weight.half().float() if weight.numel() >= HALF_FROM else weight
        for name, weight in weights.items()
    }


def part(weights, prefix, network):
    own = {name.removeprefix(prefix): w for name, w in weights.items() if name.startswith(prefix)}
    network.load_state_dict(own)
    return network.eval()


def reference_clip():
    with wave.open(str(EXPORT / f"{VOICE}.wav")) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return mel.mel(samples.astype(np.float32) / 32768)


def lengths_of(network, rows, reference_tokens, reference_frames):
    lengths = network(rows[None])[0].double().exp().numpy()
    lengths[reference_tokens] = 0
    lengths[:reference_tokens] *= reference_frames / lengths[:reference_tokens].sum()
    lengths[reference_tokens:] *= (FRAMES - reference_frames) / lengths[reference_tokens:].sum()
    return lengths


@torch.no_grad()
def spoken(reference_text):
    """Noise, mel [frames, bands] and samples behind the reference."""
    weights = halved(load_file(EXPORT / "aligned.safetensors"))
    tokens = len(data.VOCABULARY)
    durations = part(weights, "durations.", networks.Durations(tokens))
    text = part(weights, "text.", networks.Text(tokens))
    rest = {n: w for n, w in weights.items() if not n.startswith(("durations.", "text."))}
    velocity = part(rest, "", networks.Velocity())
    vocoder = part(halved(load_file(EXPORT / "vocoder.safetensors")), "", networks.Vocoder())

    reference = torch.from_numpy(reference_clip())
    rows = torch.tensor([data.TOKEN[c] + 1 for c in f"{reference_text} {TEXT}"])
    lengths = lengths_of(durations, rows, len(reference_text), len(reference))
    aligned, places = data.aligned(rows.numpy() - 1, lengths, FRAMES)
    padded = torch.zeros(1, FRAMES, networks.BANDS)
    padded[0, : len(reference)] = reference
    style = networks.style_of(reference)[None]
    known = padded, *text(torch.from_numpy(aligned)[None], torch.from_numpy(places)[None], style)
    nothing = torch.zeros(1, FRAMES, dtype=torch.long), torch.zeros(1, FRAMES, 2)
    unknown = torch.zeros_like(padded), *text(*nothing, torch.zeros_like(style))

    noise = np.random.default_rng(SEED).standard_normal((FRAMES, networks.BANDS), np.float32)
    state = torch.from_numpy(noise)[None]
    times = 1 - torch.cos(math.pi / 2 * EPSS)
    for now, then in zip(times[:-1], times[1:], strict=True):
        with_text, without = velocity(state, *known, now[None]), velocity(state, *unknown, now[None])
        state = state + (then - now) * (with_text + GUIDANCE * (with_text - without))
    state[0, : len(reference)] = reference
    return noise, state[0], vocoder(state[:, len(reference) - 1 :])[0]


def styles():
    """The style of each of espeak-ng's own voices [voices, 2 * bands], all saying the same."""
    mels = (data.make(SAID_BY_ALL, voice).mel for voice in range(len(data.VOICES)))
    return np.stack([networks.style_of(torch.from_numpy(mel).float()) for mel in mels])


def main(folder):
    described = json.loads((EXPORT / "settings.json").read_text("utf-8"))["voices"]
    reference_text = next(voice["text"] for voice in described if voice["name"] == VOICE)
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in zip(("noise", "mel", "wave"), spoken(reference_text), strict=True):
        save(folder / f"{name}.npy", values)
    save(folder / "styles.npy", styles())


def save(path, values):
    np.save(path, np.ascontiguousarray(np.asarray(values), "<f4"))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]))
