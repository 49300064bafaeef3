"""Trains the duration network, and fits how many frames each character takes on average."""

import json
import time

import numpy as np
import torch

from snug_voice import checkpoints, data
from snug_voice.networks import Durations

CHECKPOINT = data.BUILD / "durations" / "durations.pt"
TABLE = data.BUILD / "durations" / "frames_per_token.json"
STEPS = 1200
RATE = 3e-3
BATCH = 24
_FRAMES_MIN = 0.1
_RIDGE = 20.0


def batch(utterances, chance):
    """Tokens + 1 and frames [batch, characters], zeros behind the end."""
    chosen = [utterances[i] for i in chance.integers(0, len(utterances), BATCH)]
    longest = max(len(u.text) for u in chosen)
    tokens = np.zeros((BATCH, longest), np.int64)
    frames = np.zeros((BATCH, longest), np.float32)
    for row, utterance in enumerate(chosen):
        tokens[row, : len(utterance.text)] = utterance.tokens() + 1
        frames[row, : len(utterance.text)] = utterance.durations
    return torch.from_numpy(tokens), torch.from_numpy(frames)


def train(utterances, seed=0):
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    network = Durations(len(data.VOCABULARY))
    optimizer = torch.optim.AdamW(network.parameters(), RATE)
    average = checkpoints.Average(network, 0.99)
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 30) * max(0.03, 1 - step / STEPS)
        tokens, frames = batch(utterances, chance)
        heard = (frames > 0).float()
        error = (network(tokens) - frames.clamp_min(_FRAMES_MIN).log()).abs()
        loss = (error * heard).sum() / heard.sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        average.follow(network, step)
    checkpoints.save(CHECKPOINT, network, average, optimizer, STEPS)


def counts(text):
    found = np.zeros(len(data.VOCABULARY))
    np.add.at(found, [data.TOKEN[character] for character in text], 1)
    return found


def fit_table(utterances):
    """Frames of each token by ridge regression of whole utterances; see `length_error`.

    The last mark is followed by silence that was cut, so it hardly counts: the reference and the
    chunk both end in one.
    """
    rows = np.stack([counts(u.text) for u in utterances])
    lengths = np.array([len(u.mel) for u in utterances], float)
    middle = rows.sum(1) @ lengths / (rows.sum(1) ** 2).sum()  # Frames of any character.
    normal = rows.T @ rows + _RIDGE * np.eye(rows.shape[1])
    table = middle + np.linalg.solve(normal, rows.T @ (lengths - middle * rows.sum(1)))
    return np.maximum(table, 0)


def length_error(utterances, weights):
    """Mean relative error of lengths told by `weights` of texts, at the best rate for each voice."""
    errors = []
    for voice in range(len(data.VOICES)):
        own = [u for u in utterances if u.voice == voice]
        told = np.array([weights(u.text) for u in own])
        true = np.array([len(u.mel) for u in own])
        told *= true.sum() / told.sum()
        errors += list(np.abs(told / true - 1))
    return float(np.mean(errors))


def boundary_errors(network, utterances):
    """Mean distance of predicted and of evenly spread ends of characters, in frames."""
    predicted, even = [], []
    for utterance in utterances:
        frames = utterance.durations.sum()
        with torch.no_grad():
            weights = network(torch.from_numpy(utterance.tokens() + 1)[None])[0].exp().numpy()
        truth = np.cumsum(utterance.durations)
        predicted.append(np.abs(np.cumsum(weights) * frames / weights.sum() - truth).mean())
        even.append(np.abs(np.linspace(0, frames, len(truth) + 1)[1:] - truth).mean())
    return float(np.mean(predicted)), float(np.mean(even))


def main():
    torch.set_num_threads(1)
    began = time.process_time()
    utterances, unseen = data.load(data.TRAIN), data.load(data.TEST)
    if not CHECKPOINT.exists():
        train(utterances)
    table = fit_table(utterances)
    TABLE.write_text(json.dumps([round(float(frames), 4) for frames in table]))
    network = checkpoints.averaged(CHECKPOINT, Durations(len(data.VOCABULARY)))
    predicted, even = boundary_errors(network, unseen)
    print(f"ends of characters, unseen texts: {predicted:.2f} frames off; spread evenly {even:.2f}")
    by_table = length_error(unseen, lambda text: float(counts(text) @ table))
    by_bytes = length_error(unseen, lambda text: float(len(text.encode())))
    print(f"lengths: {by_table:.1%} off by table, {by_bytes:.1%} by bytes as F5-TTS")
    print(f"{time.process_time() - began:.0f} CPU s")


if __name__ == "__main__":
    main()
