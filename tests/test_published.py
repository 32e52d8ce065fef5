"""What is said to be published, against the numbers as the course's plan has them, typed a second time."""

import re

import pytest

from wgan_demo.experiments.published import QUANTITIES, Published, Quantity

UNSUPERVISED = """ALI 5.34 +- .05, BEGAN 5.62, DCGAN 6.16 +- .07, Improved GAN 6.86 +- .06, EGAN-Ent-VI 7.07 +- .10,
DFM 7.72 +- .13, WGAN-GP 7.86 +- .07"""
SUPERVISED = """SteinGAN 6.35, DCGAN 6.58, Improved GAN 8.09 +- .07, AC-GAN 8.25 +- .07, SGAN-no-joint 8.37 +- .08,
WGAN-GP 8.42 +- .10, SGAN 8.59 +- .12"""
FID = """MM GAN 9.8+-0.9 / 29.6+-1.6 / 72.7+-3.6 / 65.6+-4.2; NS GAN 6.8+-0.5 / 26.5+-1.6 / 58.5+-1.9 / 55.0+-3.3;
LSGAN 7.8+-0.6 / 30.7+-2.2 / 87.1+-47.5 / 53.9+-2.8; WGAN 6.7+-0.4 / 21.5+-1.6 / 55.2+-2.3 / 41.3+-2.0;
WGAN-GP 20.3+-5.0 / 24.5+-2.1 / 55.8+-0.9 / 30.0+-1.0; DRAGAN 7.6+-0.4 / 27.7+-1.2 / 69.8+-2.0 / 42.3+-3.0;
BEGAN 13.1+-1.0 / 22.9+-0.9 / 71.4+-1.6 / 38.9+-0.9; VAE 23.8+-0.6 / 58.7+-1.2 / 155.7+-11.6 / 85.7+-3.8"""
MODES = """GAN (PacGAN’s paper) 6.3, 98.2 / 17.3, 94.8; PacGAN4 7.8, 95.9 / 24.8, 93.6;
GAN (VEEGAN’s paper) 1, 99.3 / 3.3, 0.5; VEEGAN 8, 52.9 / 24.6, 40"""


def pair(text: str) -> tuple[float, float | None]:
    value, _, spread = text.partition("+-")
    return float(value), float(spread) if spread else None


def named(text: str) -> tuple[str, str]:
    """A name, and the numbers after it."""
    return re.fullmatch(r"\s*(.+?) ((?:\.?\d).*)", text, re.DOTALL).groups()


def found(quantity: str, on: str) -> dict[str, tuple[float, float | None]]:
    return {row.method: (row.value, row.spread) for row in QUANTITIES[quantity].rows if row.on == on}


@pytest.mark.parametrize(("on", "text"), [("without", UNSUPERVISED), ("with", SUPERVISED)])
def test_inception_scores(on, text):
    typed = {name: pair(numbers) for name, numbers in map(named, text.split(","))}
    assert found("Inception score", f"CIFAR-10, {on} labels") == typed
    assert len(typed) == 7


@pytest.mark.parametrize(("column", "on"), [*enumerate(["MNIST", "Fashion-MNIST", "CIFAR-10", "CelebA"])])
def test_fids(column, on):
    rows = [named(text) for text in FID.split(";")]
    typed = {name: pair(numbers.split("/")[column]) for name, numbers in rows}
    assert found("FID", on) == typed
    assert len(typed) == 8


@pytest.mark.parametrize(("column", "on"), [*enumerate(["ring of 8", "grid of 25"])])
def test_modes_and_samples_near_them(column, on):
    for place, quantity in enumerate(["Modes", "Samples near a mode"]):
        rows = [named(text) for text in MODES.split(";")]
        typed = {name: (float(numbers.split("/")[column].split(",")[place]), None) for name, numbers in rows}
        assert found(quantity, on) == typed


def test_every_number_has_a_source_with_its_arxiv_number():
    for quantity in QUANTITIES.values():
        assert all(re.search(r"arXiv:\d{4}\.\d{5}", row.source) for row in quantity.rows)


def test_the_best_comes_first_and_level_with_it_is_whose_interval_overlaps():
    rows = [Published("x", *row, "") for row in (("a", 3.0, 1.0), ("b", 5.0, 1.0), ("c", 6.5, 0.6), ("d", 6.0, None))]
    less, more = Quantity("u", True, rows), Quantity("u", False, rows)
    assert [row.method for row in less.at("x")] == ["a", "b", "d", "c"]
    assert [row.method for row in more.at("x")] == ["c", "d", "b", "a"]
    assert [row.method for row in less.level_with_best("x")] == ["b"]  # 4 to 4; d has no interval
    assert [row.method for row in more.level_with_best("x")] == ["b"]
