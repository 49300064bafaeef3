"""States of a training that appear whole or not at all, so that a stage goes on where it was."""

import copy

import torch


class Average:
    """The exponential moving average of a network's weights: smoother than the last step's."""

    def __init__(self, network, decay):
        self.decay = decay
        self.weights = copy.deepcopy(network.state_dict())

    @torch.no_grad()
    def follow(self, network, step):
        weight = 1 - min(self.decay, (1 + step) / (20 + step))
        current = network.state_dict()
        torch._foreach_lerp_(
            [self.weights[name] for name in current], [current[name] for name in current], weight
        )


def save(path, network, average, optimizer, step):
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    state = dict(
        network=network.state_dict(),
        average=average.weights,
        optimizer=optimizer.state_dict(),
        step=step,
    )
    torch.save(state, part)
    part.replace(path)


def resume(path, network, average, optimizer):
    """The steps already taken; 0 where nothing was saved."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    average.weights = state["average"]
    optimizer.load_state_dict(state["optimizer"])
    return state["step"]


def averaged(path, network):
    """`network` with the averaged weights of `path`, ready to be used."""
    network.load_state_dict(torch.load(path, weights_only=True)["average"])
    return network.eval()
