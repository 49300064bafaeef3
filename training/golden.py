"""Writes the golden data of the aligned models: a tiny checkpoint and what each stage makes of it.

    python training/golden.py speech/src/test/resources/golden/aligned

The weights are random, from a fixed seed, and rounded to float16, in which they are stored; all
computing is float32 on one thread. Nothing is trained: the sound is noise.
"""

import json
import math
import sys
import wave
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from snug_voice import networks

SEED = 5
VOCABULARY = [" ", ",", ".", "?", "!"] + list("abcghimnotxàếộ")
REFERENCE_TEXT, CHUNK_TEXT = "xin chào.", "hai, ba tiếng một?"
REFERENCE_FRAMES = 12
FRAMES = {"odd": 31, "even": 30}
TIMES = {"t000": 0.0, "t037": 0.37}
STEPS, GUIDANCE = 4, 1.0


def randomise(network, chance):
    """Every weight away from 0 and 1, so that none can be left out unnoticed."""
    with torch.no_grad():
        for name, weight in network.named_parameters():
            values = torch.from_numpy(chance.standard_normal(weight.shape).astype(np.float32))
            if weight.dim() > 1:
                values *= 1 / math.sqrt(weight[0].numel())
            elif name.endswith("norm.weight"):
                values = 1 + 0.1 * values
            else:
                values *= 0.1
            weight.copy_((values + 0.3 if name.endswith("gamma") else values).half().float())
    return network.eval()


def aligned(durations, reference_tokens, frames):
    """The index of the token of each frame, and its places, by the definition, frame by frame."""
    lengths = np.exp(durations.astype(np.float64))
    lengths[reference_tokens] = 0
    lengths[:reference_tokens] *= REFERENCE_FRAMES / lengths[:reference_tokens].sum()
    lengths[reference_tokens:] *= (frames - REFERENCE_FRAMES) / lengths[reference_tokens:].sum()
    tokens, places = [], []
    for frame in range(frames):
        start, at = 0.0, 0
        while at + 1 < len(lengths) and start + lengths[at] <= frame + 0.5:
            start += lengths[at]
            at += 1
        length = max(lengths[at], 1e-3)
        tokens.append(at)
        places.append([(frame + 0.5 - start) / length, math.log(length) / 2 - 0.8])
    return np.array(tokens), np.array(places, np.float32)


class Model:
    def __init__(self, chance):
        tokens = len(VOCABULARY)
        self.durations = randomise(networks.Durations(tokens, 16, 2), chance)
        self.text = randomise(networks.Text(tokens, 32, 2), chance)
        self.velocity = randomise(networks.Velocity(32, 128, 2, widening=1, kernel=7), chance)
        self.vocoder = randomise(networks.Vocoder(16, 2), chance)

    def conditions(self, rows, places, style, reference):
        return reference, *self.text(rows[None], torch.from_numpy(places)[None], style[None])

    def sample(self, known, unknown, noise):
        times = 1 - torch.cos(math.pi / 2 * torch.linspace(0, 1, STEPS + 1))
        x = noise
        for now, then in zip(times[:-1], times[1:], strict=True):
            with_text = self.velocity(x, *known, now[None])
            without = self.velocity(x, *unknown, now[None])
            x = x + (then - now) * (with_text + GUIDANCE * (with_text - without))
        return x


def write_checkpoint(model, folder, chance):
    def stored(network, prefix=""):
        return {prefix + name: weight.half() for name, weight in network.state_dict().items()}

    weights = stored(model.durations, "durations.") | stored(model.text, "text.")
    save_file(weights | stored(model.velocity), folder / "aligned.safetensors")
    save_file(stored(model.vocoder), folder / "vocoder.safetensors")
    (folder / "vocab.txt").write_text("".join(token + "\n" for token in VOCABULARY))
    voice = {
        "name": "female-north",
        "file": "female-north.wav",
        "text": REFERENCE_TEXT,
        "gender": "female",
        "area": "northern",
    }
    settings = {
        "kind": "aligned",
        "patch": 2,
        "frames_per_token": [round(float(x), 3) for x in chance.uniform(2, 9, len(VOCABULARY))],
        "guidance": GUIDANCE,
        "steps": 7,
        "schedule": "epss",
        "licence": "Apache-2.0",
        "origin": "random weights of training/golden.py",
        "voices": [voice],
    }
    (folder / "settings.json").write_text(json.dumps(settings, ensure_ascii=False, indent=1) + "\n")
    seconds = np.arange(24_000) / 24_000
    tone = sum(np.sin(2 * np.pi * 180 * k * seconds) / k for k in range(1, 9))
    with wave.open(str(folder / "female-north.wav"), "wb") as file:
        file.setparams((1, 2, 24_000, 0, "NONE", ""))
        file.writeframes((tone / np.abs(tone).max() * 0.7 * 32767).astype("<i2").tobytes())


@torch.no_grad()
def write(folder):
    chance = np.random.default_rng(SEED)
    model = Model(chance)
    write_checkpoint(model, folder, chance)

    def save(name, values):
        np.save(folder / f"{name}.npy", np.ascontiguousarray(np.asarray(values), "<f4"))

    def normal(frames):
        values = chance.standard_normal((frames, networks.BANDS)).astype(np.float32)
        return torch.from_numpy(values)

    text = REFERENCE_TEXT + " " + CHUNK_TEXT
    rows = torch.tensor([VOCABULARY.index(character) + 1 for character in text])
    durations = model.durations(rows[None])[0]
    reference = normal(REFERENCE_FRAMES) * 2 - 4
    style = networks.style_of(reference)
    whole_noise = normal(FRAMES["odd"])
    save("noise", whole_noise)
    save("durations", durations)
    save("reference_mel", reference)
    save("style", style)
    for parity, frames in FRAMES.items():
        tokens, places = aligned(durations.numpy(), len(REFERENCE_TEXT), frames)
        padded = torch.zeros(1, frames, networks.BANDS)
        padded[0, :REFERENCE_FRAMES] = reference
        known = model.conditions(rows[torch.from_numpy(tokens)], places, style, padded)
        nothing = torch.zeros(frames, dtype=torch.long), np.zeros_like(places)
        unknown = model.conditions(*nothing, torch.zeros(200), torch.zeros_like(padded))
        noise = whole_noise[None, :frames]
        save(f"tokens_{parity}", tokens)
        save(f"places_{parity}", places)
        for name, values in zip(("features", "mean", "variance"), known[1:], strict=True):
            save(f"{name}_{parity}", values[0])
        for name, time in TIMES.items():
            save(f"velocity_{parity}_{name}", model.velocity(noise, *known, torch.tensor([time]))[0])
        if parity == "odd":
            mel = model.sample(known, unknown, noise)
            save("mel", mel[0])
            save("wave", model.vocoder(mel[:, REFERENCE_FRAMES - 1 :])[0])


if __name__ == "__main__":
    torch.set_num_threads(1)
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write(target)
