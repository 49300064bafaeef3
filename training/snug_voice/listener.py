"""A small free recogniser: it knows neither the text nor where syllables begin.

A convolutional net with a CTC output over letters (Graves and others, "Connectionist Temporal
Classification", 2006), trained on espeak-ng's speech in all six voices. Masks as in SpecAugment
(Park and others, 2019, arXiv 1904.08779), with noise, levels and speeds of our own, so that it
does not trip over what a vocoder does.

The best guess of each frame is taken as it is: no language model, so what it writes is what it
hears. Letters that espeak pronounces alike (d, gi and r in the north) it can only guess.
"""

import time
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from snug_voice import scores
from snug_voice.networks import BANDS, ConvNeXtBlock

SUBSAMPLING = 3
STEPS = 3800
BATCH_FRAMES = 4800
WARM_UP_STEPS = 100
RATE = 2e-3
SAVED_EVERY = 200
_SILENCE = -11.5  # ln(1e-5), the least that a log-mel holds.
_BLANK = 0


class Listener(nn.Module):
    """Log-mel [batch, frames, 100] to ln(probability) [batch, frames / 3, letters + 1]."""

    def __init__(self, letters, channels=192, blocks=5, kernel=9, widening=3):
        super().__init__()
        self.letters = letters
        self.first = nn.Conv1d(BANDS, channels, 9, stride=SUBSAMPLING, padding=4)
        self.norm = nn.LayerNorm(channels)
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(channels, kernel, widening) for _ in range(blocks)
        )
        self.out = nn.Sequential(nn.LayerNorm(channels), nn.Linear(channels, len(letters) + 1))

    def forward(self, mel):
        x = self.first((mel.transpose(1, 2) + 4) / 3).transpose(1, 2)
        x = self.norm(F.gelu(x))
        for block in self.blocks:
            x = block(x)
        return F.log_softmax(self.out(x), -1)

    @torch.inference_mode()
    def heard(self, mel):
        """Log-mel [frames, 100] to letters and spaces."""
        mel = torch.from_numpy(np.asarray(mel, np.float32))
        return collapsed(self(mel[None])[0].argmax(-1).tolist(), self.letters)

    def saved(self):
        return {"letters": self.letters, "weights": self.state_dict()}

    @staticmethod
    def restored(saved):
        net = Listener(saved["letters"])
        net.load_state_dict(saved["weights"])
        return net.eval()


def collapsed(labels, letters):
    """Best labels, one a frame, to text: repeats are one, 0 is nothing, i is letters[i - 1]."""
    return "".join(letters[label - 1] for label, _ in groupby(labels) if label != _BLANK).strip()


@dataclass(frozen=True)
class Batch:
    mels: torch.Tensor
    frames: torch.Tensor
    labels: torch.Tensor
    lengths: torch.Tensor


def changed(mel, chance):
    """A log-mel as another recording might give it: speed, level, noise and gaps are changed."""
    mel = _stretched(mel, chance.uniform(0.85, 1.2)) + chance.uniform(-1.5, 0.7)
    if chance.random() < 0.5:
        noise = chance.normal(chance.uniform(-10, -5), 0.8, mel.shape).astype(np.float32)
        mel = np.logaddexp(mel, noise)
    mel += chance.normal(0, chance.uniform(0, 0.3), mel.shape).astype(np.float32)
    for _ in range(2):
        _mask(mel.T, chance.integers(0, 13), chance)
        _mask(mel, chance.integers(0, 9), chance)
    return np.maximum(mel, _SILENCE)


def _stretched(mel, factor):
    at = np.linspace(0, len(mel) - 1, max(2, round(len(mel) * factor)))
    low = np.minimum(at.astype(int), len(mel) - 2)
    part = (at - low).astype(np.float32)[:, None]
    return mel[low] * (1 - part) + mel[low + 1] * part


def _mask(rows, width, chance):
    """Puts the mean in place of up to `width` rows, in place."""
    start = chance.integers(0, max(1, len(rows) - width))
    rows[start : start + width] = rows.mean()


class Lessons:
    """Batches of utterances of like length; step n is the same batch after any interruption."""

    def __init__(self, utterances, letters, seed):
        self._all = sorted(utterances, key=lambda u: len(u.mel))
        self._labels = {letter: index for index, letter in enumerate(letters, 1)}
        self._seed = seed
        self._bounds = self._cut()

    def _cut(self):
        bounds, start = [], 0
        for end in range(1, len(self._all) + 1):
            longest = len(self._all[end - 1].mel)
            if end == len(self._all) or (end - start + 1) * longest > BATCH_FRAMES:
                bounds.append((start, end))
                start = end
        return bounds

    def batch(self, step):
        chance = np.random.default_rng([self._seed, step])
        order = np.random.default_rng([self._seed, step // len(self._bounds)])
        place = order.permutation(len(self._bounds))[step % len(self._bounds)]
        chosen = self._all[slice(*self._bounds[place])]
        mels = [changed(u.mel.astype(np.float32), chance) for u in chosen]
        labels = [[self._labels[letter] for letter in scores.plain(u.text)] for u in chosen]
        frames = [len(mel) for mel in mels]
        padded = np.full((len(mels), max(frames), BANDS), _SILENCE, np.float32)
        for row, mel in zip(padded, mels, strict=True):
            row[: len(mel)] = mel
        return Batch(
            torch.from_numpy(padded),
            torch.tensor([(count - 1) // SUBSAMPLING + 1 for count in frames]),
            torch.tensor([label for row in labels for label in row]),
            torch.tensor([len(row) for row in labels]),
        )


def loss_of(net, batch):
    likely = net(batch.mels).transpose(0, 1)
    return F.ctc_loss(likely, batch.labels, batch.frames, batch.lengths, _BLANK, zero_infinity=True)


def rate_at(step, steps):
    """The learning rate: up over the first steps, then down in a straight line."""
    return RATE * min(1, (step + 1) / WARM_UP_STEPS) * max(0.01, 1 - step / steps)


def train(utterances, path, steps=STEPS, seed=0):
    """Trains a listener into `path`; begins again where an earlier run stopped."""
    torch.manual_seed(seed)
    letters = "".join(sorted({letter for u in utterances for letter in scores.plain(u.text)}))
    net = Listener(letters)
    optimiser = torch.optim.AdamW(net.parameters(), RATE, (0.9, 0.98), weight_decay=0.01)
    lessons = Lessons(utterances, letters, seed)
    part = path.with_suffix(".part.pt")
    start, earlier_seconds = _resumed(part, net, optimiser)
    began = time.process_time() - earlier_seconds
    mean = 0.0
    for step in range(start, steps):
        optimiser.param_groups[0]["lr"] = rate_at(step, steps)
        loss = loss_of(net, lessons.batch(step))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1)
        optimiser.step()
        mean += (loss.item() - mean) * max(0.02, 1 / (step - start + 1))
        if (step + 1) % SAVED_EVERY == 0:
            spent = time.process_time() - began
            print(f"listener: step {step + 1}, loss {mean:.3f}, {spent:.0f} CPU s", flush=True)
            progress = {"step": step + 1, "seconds": spent, "optimiser": optimiser.state_dict()}
            _save(part, progress | net.saved())
    _save(path, net.saved() | {"cpu_seconds": time.process_time() - began})
    part.unlink(missing_ok=True)
    return net.eval()


def _resumed(part, net, optimiser):
    """The step to begin with and the CPU seconds that were spent before it."""
    if not part.exists():
        return 0, 0.0
    saved = torch.load(part, weights_only=True)
    net.load_state_dict(saved["weights"])
    optimiser.load_state_dict(saved["optimiser"])
    return saved["step"], saved["seconds"]


def _save(path, values):
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    torch.save(values, unfinished)
    unfinished.replace(path)
