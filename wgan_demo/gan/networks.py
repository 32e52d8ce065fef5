"""The two networks: multilayer perceptrons with ReLU, linear at the end. No batch normalisation in a critic."""

from itertools import pairwise

import torch
from torch import nn


def mlp(sizes: tuple[int, ...], *, init: str, generator: torch.Generator) -> nn.Sequential:
    """Linear layers of the given sizes with ReLU between them: (batch, sizes[0]) -> (batch, sizes[-1]).

    init "torch" is PyTorch's own default, U(-1/sqrt(fan_in), 1/sqrt(fan_in)) for weights and biases; "he" draws
    N(0, 2 / fan_in) for hidden weights with zero biases (He et al. 2015). All randomness comes from `generator`.
    """
    layers: list[nn.Module] = []
    for i, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        linear = nn.utils.skip_init(nn.Linear, fan_in, fan_out)
        bound = fan_in**-0.5
        with torch.no_grad():
            if init == "he" and i < len(sizes) - 2:
                linear.weight.normal_(0, (2 / fan_in) ** 0.5, generator=generator)
                linear.bias.zero_()
            else:
                linear.weight.uniform_(-bound, bound, generator=generator)
                linear.bias.uniform_(-bound, bound, generator=generator)
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])
