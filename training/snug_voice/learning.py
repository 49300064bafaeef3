"""The loop in which a network learns: seeded, logged, resumed where it was stopped."""

import argparse
import time

import numpy as np
import torch

from snug_voice import checkpoints

_AVERAGE_DECAY = 0.999
_LOGGED_EVERY, _SAVED_EVERY = 200, 1000


def learn(path, network, optimizer, losses, rate, clip, steps, seed):
    """Takes the steps up to `steps` that `path` has not seen.

    losses: chance -> what is to fall, and the figures to log by name; rate: (step, steps) -> the
    learning rate; clip: largest norm of the gradients.
    """
    average = checkpoints.Average(network, _AVERAGE_DECAY)
    done = checkpoints.resume(path, network, average, optimizer)
    chance = np.random.default_rng((seed, done))
    torch.manual_seed(seed + done)
    print(sum(p.numel() for p in network.parameters()), "parameters; from step", done, flush=True)
    began, seen = time.process_time(), []
    for step in range(done, steps):
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps)
        total, figures = losses(chance)
        optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), clip)
        optimizer.step()
        average.follow(network, step)
        seen.append([figure.item() for figure in figures.values()])
        if (step + 1) % _LOGGED_EVERY == 0:
            each = (time.process_time() - began) / len(seen)
            means = np.mean(seen[-_LOGGED_EVERY:], 0)
            told = ", ".join(f"{name} {mean:.4f}" for name, mean in zip(figures, means, strict=True))
            print(f"{step + 1} of {steps}: {told}, {each:.3f} CPU s a step", flush=True)
        if (step + 1) % _SAVED_EVERY == 0 or step + 1 == steps:
            checkpoints.save(path, network, average, optimizer, step + 1)


def main(train, steps, description):
    """The command of a stage whose `train` takes the steps."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--steps", type=int, default=steps)
    arguments.add_argument("--threads", type=int, default=1)
    chosen = arguments.parse_args()
    torch.set_num_threads(chosen.threads)
    train(chosen.steps)
