"""The one table of settings: a row for each field, and all that is made from it."""

from dataclasses import dataclass, fields, replace

import pytest

from wgan_demo.datasets.spaces import COLUMNS
from wgan_demo.gan.architectures import ARCHITECTURES
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.lipschitz import REGULARIZERS
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.networks import NETWORKS, mlp
from wgan_demo.gan.settings import CHANGEABLE, SETTINGS
from wgan_demo.gan.trainer import OPTIMIZERS

DEFAULTS = {field.name: field.default for field in fields(TrainConfig)}
CHOICES = [name for name, setting in SETTINGS.items() if setting.choices]
NUMBERS = [name for name, default in DEFAULTS.items() if not isinstance(default, str) and name not in CHOICES]
REGISTRIES = {
    "loss": LOSSES, "regularizer": REGULARIZERS, "optimizer": OPTIMIZERS, "network": NETWORKS,
    "activation": mlp.ACTIVATIONS, "init": mlp.INITS, "batch_norm": mlp.NORMS, "generator_norm": mlp.GENERATOR_NORMS,
    "columns": {0: None, **COLUMNS},
}  # fmt: skip


def several(name: str, value: float):
    """The value for a field of one number, as many as it has by default for one of several."""
    return (value,) * len(DEFAULTS[name]) if isinstance(DEFAULTS[name], tuple) else value


def test_every_field_has_one_row():
    assert sorted(SETTINGS) == sorted(DEFAULTS)
    keys = [setting.key or name for name, setting in SETTINGS.items()]
    assert len(set(keys)) == len(keys)
    for name, setting in SETTINGS.items():
        assert setting.label
        assert setting.meaning
        assert "\n" not in setting.meaning
        assert bool(setting.choices) + (setting.low < setting.high) + (name == "dataset") == 1
        assert setting.live == bool(setting.word)
    TrainConfig()  # the defaults keep to their rows


def test_a_field_without_a_row_is_named():
    @dataclass(frozen=True)
    class Longer(TrainConfig):
        spectral: bool = False

    with pytest.raises(LookupError, match="spectral is a field of TrainConfig without a row"):
        Longer()


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_keep_to_the_ends_of_their_row(name):
    setting = SETTINGS[name]
    for end in (setting.low, setting.high):
        assert getattr(TrainConfig(**{name: several(name, end)}), name) == several(name, end)
    step = 1e-9 if setting.high <= 1 else 1
    for wrong in (setting.low - step, setting.high + step, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=f"{name} must lie between"):
            TrainConfig(**{name: several(name, wrong)})
    with pytest.raises(TypeError):
        TrainConfig(**{name: several(name, "1")})


@pytest.mark.parametrize("name", [name for name in NUMBERS if isinstance(DEFAULTS[name], tuple)])
def test_several_numbers_are_as_many_as_their_row_says(name):
    fewest, most = SETTINGS[name].count
    for count in (fewest, most):
        assert len(getattr(TrainConfig(**{name: DEFAULTS[name][:1] * count}), name)) == count
    for count in (fewest - 1, most + 1):
        with pytest.raises(ValueError, match=f"{name} must be .* numbers, not {count}"):
            TrainConfig(**{name: DEFAULTS[name][:1] * count})


@pytest.mark.parametrize("name", CHOICES)
def test_choices_are_those_of_their_row(name):
    for choice in SETTINGS[name].choices:
        assert getattr(TrainConfig(**{name: choice}), name) == choice
    with pytest.raises(ValueError, match=f"{name} must be one of"):
        TrainConfig(**{name: "magic"})


@pytest.mark.parametrize("name", CHOICES)
def test_what_can_be_chosen_can_be_built(name):
    assert list(SETTINGS[name].choices) == list(REGISTRIES[name])


@pytest.mark.parametrize("name", DEFAULTS)
def test_values_are_plain_and_of_the_type_of_their_default(name):
    given = {"lr": 1, "n_critic": 3.0, "hidden": [8.0, 8], "betas": [0, 0.5], "batch_norm": 1}.get(name, DEFAULTS[name])
    value = getattr(TrainConfig(**{name: given}), name)
    assert type(value) is type(DEFAULTS[name])
    if isinstance(value, tuple):
        assert {type(item) for item in value} == {type(item) for item in DEFAULTS[name]}


def test_an_architecture_reads_what_has_a_row():
    for architecture in ARCHITECTURES.values():
        assert set(architecture.settings) <= set(SETTINGS)


def test_what_can_change_while_a_run_goes_on_is_a_number():
    assert CHANGEABLE
    assert set(CHANGEABLE) <= set(NUMBERS)
    assert replace(TrainConfig(), **dict.fromkeys(CHANGEABLE, 1)).lr == 1
