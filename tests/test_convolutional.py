"""Convolutions as networks: their shapes, the penalty of single samples, batch norm in the generator, their files."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from wgan_demo.datasets.spaces import images, plane
from wgan_demo.gan.architectures import ARCHITECTURES, conv_sides
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.lipschitz import gradient_penalty, squared_norms
from wgan_demo.gan.networks import NETWORKS
from wgan_demo.gan.runs import checkpoint, generate
from wgan_demo.gan.trainer import Trainer

CONV = TrainConfig(
    "mnist14", network="conv", hidden=(3, 5), latent_dim=6, batch_size=8, activation="leaky_relu", generator_norm=True,
    gp_weight=10.0,
)  # fmt: skip


PICTURES = [name for name, architecture in ARCHITECTURES.items() if architecture.spaces == ("images",)]


def built(config: TrainConfig = CONV, side: int = 14):
    return NETWORKS[config.network](config, images(side), torch.Generator().manual_seed(0))


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


@pytest.mark.parametrize("side", [8, 14, 28, 5])
@pytest.mark.parametrize("hidden", [(3,), (3, 5), (3, 5, 4, 2)])
def test_pictures_of_any_side_are_made_and_judged(side, hidden):
    generator, critic = built(replace(CONV, hidden=hidden), side)
    x = generator(torch.randn(4, CONV.latent_dim))
    assert x.shape == (4, 1, side, side)
    assert x.abs().max() <= 1
    assert critic(x).shape == (4, 1)


@pytest.mark.parametrize("network", ARCHITECTURES)
@pytest.mark.parametrize(("in_critic", "in_generator"), [(False, False), (True, False), (False, True), (True, True)])
def test_what_is_known_before_it_is_built_is_what_is_built(network, in_critic, in_generator):
    config = replace(CONV, network=network, batch_norm=in_critic, generator_norm=in_generator)
    for known, made in zip(ARCHITECTURES[network].tensors(config, images(14)), built(config), strict=True):
        found = {name: tuple(tensor.shape) for name, tensor in made.state_dict().items()}
        assert found == {name: shape for name, (_, shape) in known.items()}
        assert list(found) == list(known)


def test_the_sides_are_halved_and_rounded_up():
    assert conv_sides(replace(CONV, hidden=(1, 1, 1)), images(28)) == [28, 14, 7, 4]


def test_convolutions_ask_for_pictures_and_say_which_constraint_they_lack():
    with pytest.raises(ValueError, match="need pictures"):
        NETWORKS["conv"](CONV, plane(), torch.Generator())
    with pytest.raises(ValueError, match="perceptrons alone"):
        trainer_for(replace(CONV, network="mlp_conv", regularizer="spectral_norm"))


@pytest.mark.parametrize("network", PICTURES)
def test_the_products_of_one_pass_are_those_that_torch_counts(network):
    """A critic step without penalty has 16 for each weight, of which 2 are one pass: the counter sees that pass."""
    config = replace(CONV, network=network)
    z = torch.randn(CONV.batch_size, CONV.latent_dim)
    generator, critic = built(config)
    passes = []
    for net, x in ((generator, z), (critic, generator(z).detach())):
        with FlopCounterMode(display=False) as counter:
            net(x)
        passes.append(counter.get_total_flops())
    of_generator, of_critic = passes
    known = ARCHITECTURES[network].flop(replace(config, n_critic=2), images(14))
    assert known == 2 * (10 * of_critic + of_generator) + 2 * of_critic + 3 * of_generator


@pytest.mark.parametrize("network", PICTURES)
def test_all_networks_for_pictures_have_the_same_critic(network):
    """What differs is the generator: of one width, or a perceptron as wide as the critic's layers, backwards."""
    (generator, critic), (_, usual) = built(replace(CONV, network=network)), built()
    shapes = [[tensor.shape for tensor in net.state_dict().values()] for net in (critic, usual)]
    assert shapes[0] == shapes[1]
    widths = {
        "conv": [5, 3, 1],
        "conv_constant": [5, 5, 1],
        "mlp_conv": [5 * 4 * 4, 3 * 7 * 7, 14 * 14],
    }[network]
    layers = [layer for layer in generator if isinstance(layer, torch.nn.Linear | torch.nn.ConvTranspose2d)]
    made = [getattr(layer, "out_channels", getattr(layer, "out_features", 0)) for layer in layers]
    made[0] //= 1 if network == "mlp_conv" else 4 * 4
    assert made == widths


@pytest.mark.parametrize("network", PICTURES)
@pytest.mark.parametrize("side", [8, 14, 28])
def test_the_penalty_is_that_of_each_sample_alone(side, network):
    _, critic = built(replace(CONV, network=network), side)
    real, fake = torch.rand(2, 6, 1, side, side) * 2 - 1
    generator = torch.Generator().manual_seed(5)
    u = torch.rand(6, 1, 1, 1, generator=torch.Generator().manual_seed(5))
    x_hat, total = u * real + (1 - u) * fake, 0.0
    for x in x_hat:
        x = x[None].requires_grad_(True)
        critic(x).backward()
        total += (x.grad.norm() - 1) ** 2
    assert gradient_penalty(critic, real, fake, generator=generator).item() == pytest.approx(total.item() / 6, rel=1e-4)


def test_batch_norm_in_the_critic_would_let_one_sample_move_the_slope_at_another():
    x = torch.rand(6, 1, 14, 14)
    other = x.clone()
    other[1:] *= -1
    plain, mixed = (built(replace(CONV, batch_norm=norm))[1] for norm in (False, True))
    torch.testing.assert_close(squared_norms(plain, x)[0], squared_norms(plain, other)[0])
    assert abs(squared_norms(mixed, x)[0] - squared_norms(mixed, other)[0]) > 1e-5


def test_it_trains_and_what_it_makes_does_not_depend_on_its_neighbours():
    trainer = trainer_for(CONV)
    assert type(trainer) is Trainer
    records = list(trainer.run(30))
    assert np.isfinite(np.array(records)).all()
    z = np.random.default_rng(0).standard_normal((5, CONV.latent_dim))
    np.testing.assert_allclose(trainer.generate(z)[:2], trainer.generate(z[:2]), atol=1e-6)
    assert trainer.averaged.training
    assert trainer.generator.training


def test_looking_does_not_teach_batch_norm():
    trainer = trainer_for(replace(CONV, ema=0.0))
    list(trainer.run(3))
    before = {name: tensor.clone() for name, tensor in trainer.generator.state_dict().items()}
    trainer.sample(40)
    for name, tensor in trainer.generator.state_dict().items():
        assert torch.equal(tensor, before[name])


def test_the_means_of_batch_norm_are_averaged_with_the_weights():
    trainer = trainer_for(replace(CONV, ema=0.5))
    expected = trainer.averaged.state_dict()["2.running_mean"].clone()
    for _ in range(4):
        trainer.step()
        expected.lerp_(trainer.generator.state_dict()["2.running_mean"], 0.5)
    torch.testing.assert_close(trainer.averaged.state_dict()["2.running_mean"], expected)


@pytest.mark.parametrize("network", ARCHITECTURES)
@pytest.mark.parametrize(("norm", "ema"), [(True, 0.9), (True, 0.0), (False, 0.9)])
def test_a_run_goes_on_from_its_file_to_the_same_numbers_and_runs_without_torch(network, norm, ema):
    config = replace(CONV, network=network, generator_norm=norm, ema=ema, batch_norm=norm)
    whole, first = trainer_for(config), trainer_for(config)
    expected = list(whole.run(7))
    list(first.run(4))
    content = checkpoint.save(first)
    run = checkpoint.load(content)
    second = trainer_for(run.config)
    checkpoint.restore(second, run.state)
    assert list(second.run(3)) == expected[4:]
    z = np.random.default_rng(1).standard_normal((5, config.latent_dim))
    np.testing.assert_array_equal(second.generate(z), whole.generate(z))
    np.testing.assert_allclose(generate.generator(run)(z), first.generate(z), atol=1e-5)


@pytest.mark.parametrize("side", [8, 14, 28, 5])
def test_a_transposed_convolution_without_torch_is_torchs(side):
    config = replace(CONV, hidden=(3, 4, 5))
    generator, _ = built(config, side)
    layer = generator[4]  # after the linear one, its shape, batch norm and activation
    sides = conv_sides(config, images(side))
    x = torch.randn(2, 5, sides[-1], sides[-1])
    weight, bias = (tensor.detach().numpy() for tensor in layer.parameters())
    with torch.no_grad():
        np.testing.assert_allclose(generate.doubled(x.numpy(), weight, bias, sides[-2]), layer(x).numpy(), atol=1e-5)
