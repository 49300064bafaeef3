"""Trains the vocoder by spectral distances alone, without a discriminator.

Source: Siuzdak, "Vocos", 2023 (arXiv 2306.00814), for the network; Yamamoto and others, "Parallel
WaveGAN", 2020 (arXiv 1910.11480), for the distances at several resolutions.
"""

import numpy as np
import torch

from snug_voice import data, learning
from snug_voice import mel as log_mel
from snug_voice.networks import Vocoder

CHECKPOINT = data.BUILD / "vocoder" / "vocoder.pt"
STEPS = 11_500
RATE = 1e-3
BATCH, FRAMES = 12, 48
# Windows; the longest tells the harmonics of a low voice apart.
WINDOWS = [256, 512, 1024, 2048, 4096]
MEL_WEIGHT = 3
MEL_NOISE = 0.1
_HANN = {size: torch.hann_window(size) for size in WINDOWS}
_TRIANGLES = torch.from_numpy(log_mel.TRIANGLES)
_QUIET = 1e-5


def magnitudes(samples, window):
    spectra = torch.stft(
        samples, window, window // 4, window, _HANN[window], return_complex=True
    )
    return spectra.abs().clamp_min(_QUIET)


def mel_of(samples):
    """[batch, samples] to log-mel [batch, frames, bands]."""
    bands = magnitudes(samples, log_mel.WINDOW).transpose(1, 2) @ _TRIANGLES
    return bands.clamp_min(_QUIET).log()


def distance(made, true):
    """Spectral convergence and log magnitudes at each resolution, and mel; and mel alone."""
    total = 0
    for window in WINDOWS:
        a, b = magnitudes(made, window), magnitudes(true, window)
        convergence = (b - a).norm(dim=(1, 2)) / (b.norm(dim=(1, 2)) + 1e-3)
        total = total + 0.5 * convergence.mean() + (b.log() - a.log()).abs().mean()
    mel = (mel_of(made) - mel_of(true)).abs().mean()
    return total + MEL_WEIGHT * mel, mel


class Sounds:
    """All training speech; two cuts of male voices, which are harder, to one of a female one."""

    def __init__(self, path):
        utterances = data.load(path)
        self.parts = []
        for gender in ("female", "male", "male"):
            own = [u.samples for u in utterances if data.VOICES[u.voice].gender == gender]
            self.parts.append(np.concatenate(own))

    def batch(self, chance):
        length = (FRAMES - 1) * log_mel.HOP
        cuts = []
        for row in range(BATCH):
            part = self.parts[row % len(self.parts)]
            at = chance.integers(0, len(part) - length)
            level = chance.uniform(0.4, 1.2) / 32767
            cuts.append(part[at : at + length].astype(np.float32) * np.float32(level))
        return torch.from_numpy(np.stack(cuts))


def rate(step, steps):
    return RATE * min(1, (step + 1) / 100) * min(1, max(0.02, 2 * (1 - step / steps)))


def train(steps, seed=0):
    torch.manual_seed(seed)
    network = Vocoder()
    optimizer = torch.optim.AdamW(network.parameters(), RATE, betas=(0.8, 0.95), foreach=True)
    sounds = Sounds(data.TRAIN)

    def step_losses(chance):
        true = sounds.batch(chance)
        mel = mel_of(true)
        # What the velocity makes is not quite right: the vocoder is not to be surprised by it.
        mel = mel + MEL_NOISE * torch.rand(len(mel), 1, 1) * torch.randn_like(mel)
        total, mel_distance = distance(network(mel), true)
        return total, {"distance": total, "mel": mel_distance}

    learning.learn(CHECKPOINT, network, optimizer, step_losses, rate, 5.0, steps, seed)


if __name__ == "__main__":
    learning.main(train, STEPS, __doc__)
