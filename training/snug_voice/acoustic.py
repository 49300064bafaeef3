"""Trains the text encoder and the velocity by flow matching over masked spectrograms.

Source: Lipman and others, 2023 (arXiv 2210.02747), for flow matching; Le and others, "Voicebox",
2023 (arXiv 2306.15687), and F5-TTS for the masked spectrogram; README.md for what differs.
"""

import numpy as np
import torch
from torch import nn

from snug_voice import data, learning
from snug_voice.networks import BANDS, Text, Velocity, style_of

CHECKPOINT = data.BUILD / "acoustic" / "acoustic.pt"
STEPS = 20_000
RATE = 2.5e-3
# Utterances and frames of a batch: mostly short, some as long as what will be spoken.
SHAPES, SHAPE_SHARES = [(5, 256), (2, 704)], [0.8, 0.2]
REFERENCE_DROPPED, ALL_DROPPED = 0.2, 0.08
STYLE_NOISE = 0.05
# Tones of low voices are the hardest: their harmonics lie a band or two apart, in the low bands.
VOICE_WEIGHTS = {"female": 1.0, "male": 2.0}
LOW_BANDS, LOW_BANDS_WEIGHT = 40, 2.0


class Acoustic(nn.Module):
    def __init__(self, tokens=len(data.VOCABULARY)):
        super().__init__()
        self.text = Text(tokens)
        self.velocity = Velocity()


class Streams:
    """The utterances of each voice as one long spectrogram, to be cut anywhere."""

    def __init__(self, path):
        utterances = data.load(path)
        self.voices = sorted({u.voice for u in utterances})
        self.streams, self.styles = [], []
        for voice in self.voices:
            own = [u for u in utterances if u.voice == voice]
            frames = [data.aligned(u.tokens(), u.durations, len(u.mel)) for u in own]
            self.streams.append(
                (
                    torch.from_numpy(np.concatenate([u.mel for u in own])),
                    torch.from_numpy(np.concatenate([f[0] for f in frames])),
                    torch.from_numpy(np.concatenate([f[1] for f in frames])),
                )
            )
            self.styles.append(
                torch.stack([style_of(torch.from_numpy(u.mel).float()) for u in own])
            )
        genders = [data.VOICES[voice].gender for voice in self.voices]
        sizes = np.array([len(stream[0]) for stream in self.streams], float)
        sizes *= [VOICE_WEIGHTS[gender] for gender in genders]
        self.shares = sizes / sizes.sum()

    def batch(self, chance):
        """Spectrograms, tokens, places, and the style of another utterance of the same voice."""
        count, frames = SHAPES[chance.choice(len(SHAPES), p=SHAPE_SHARES)]
        rows = []
        for voice in chance.choice(len(self.voices), count, p=self.shares):
            mel, tokens, places = self.streams[voice]
            at = chance.integers(0, len(mel) - frames)
            style = self.styles[voice][chance.integers(len(self.styles[voice]))]
            cut = slice(at, at + frames)
            rows.append((mel[cut].float(), tokens[cut], places[cut], style))
        return [torch.stack(column) for column in zip(*rows, strict=True)]


def masks(count, frames, chance):
    """1 where the spectrogram is to be found: 70 to 100 % of the frames in one piece."""
    length = (chance.uniform(0.7, 1, count) * frames).astype(int)
    first = (chance.uniform(0, 1, count) * (frames - length)).astype(int)
    at = np.arange(frames)[None]
    inside = (at >= first[:, None]) & (at < (first + length)[:, None])
    return torch.from_numpy(inside).float()[..., None]


def kept(count, dropped, chance):
    return torch.from_numpy(chance.random(count) >= dropped).float()


def band_weights():
    """[bands], 1 on average."""
    weights = torch.ones(BANDS)
    weights[:LOW_BANDS] = LOW_BANDS_WEIGHT
    return weights / weights.mean()


def losses(network, batch, chance):
    """Mean square errors of the velocity under the mask, and of the text encoder's mean."""
    mel, tokens, places, style = batch
    count, frames, _ = mel.shape
    mask = masks(count, frames, chance)
    known = kept(count, ALL_DROPPED, chance)
    heard = known * kept(count, REFERENCE_DROPPED, chance)
    style = (style + STYLE_NOISE * torch.randn_like(style)) * known[:, None]
    features, mean, variance = network.text(
        tokens * known[:, None].long(), places * known[:, None, None], style
    )
    moment = torch.rand(count)
    noise = torch.randn_like(mel)
    state = noise + (mel - noise) * moment[:, None, None]
    reference = mel * (1 - mask) * heard[:, None, None]
    velocity = network.velocity(state, reference, features, mean, variance, moment)
    bands = band_weights()
    flow = ((velocity - (mel - noise)) ** 2 * bands * mask).sum() / mask.sum() / BANDS
    direct = ((mean - mel) ** 2 * bands * known[:, None, None]).mean()
    return flow, direct


def rate(step, steps):
    """Warm-up, then constant, then straight down over the last 40 %."""
    return RATE * min(1, (step + 1) / 150) * min(1, max(0.02, (1 - step / steps) / 0.4))


def train(steps, seed=0):
    torch.manual_seed(seed)
    network = Acoustic()
    optimizer = torch.optim.AdamW(
        network.parameters(), RATE, betas=(0.9, 0.98), weight_decay=0.01, foreach=True
    )
    streams = Streams(data.TRAIN)

    def step_losses(chance):
        flow, direct = losses(network, streams.batch(chance), chance)
        return flow + direct, {"flow": flow, "mean": direct}

    learning.learn(CHECKPOINT, network, optimizer, step_losses, rate, 1.0, steps, seed)


if __name__ == "__main__":
    learning.main(train, STEPS, __doc__)
