"""When a run first came near the floor, by every count of work."""

import numpy as np
import pytest

from wgan_demo.datasets.images import digits
from wgan_demo.experiments import STUDIES, Result, finished
from wgan_demo.experiments.result import SHIPPED, plain
from wgan_demo.experiments.studies import digits_rates
from wgan_demo.experiments.studies.digits_soon import BEST_OF_GAN, KINDS, PICTURES, first_within, work

STEPS = np.array([0, 50, 100, 150], np.int32)
ARRAYS = {"steps": STEPS, "seconds": STEPS / 100, "fid": np.array([9.0, 4.0, 1.0, 2.0]), "digits": STEPS}


def result(kind: str) -> Result:
    return Result(plain(KINDS[kind]), 150, 1.5, {}, ARRAYS)


def test_an_epoch_is_all_pictures_of_the_data():
    assert len(digits()[0]) == PICTURES


@pytest.mark.parametrize(("kind", "pictures", "gradients"), [("gan", 64, 2), ("wgan_gp", 3 * 64, 7)])
def test_the_work_of_an_update_of_the_generator(kind, pictures, gradients):
    """GAN: one pass for D, one for G. WGAN-GP: three times a critic's pass and its penalty's, then one for G."""
    found = work(result(kind))
    np.testing.assert_allclose(found["epochs"], STEPS * pictures / 1797)
    np.testing.assert_allclose(found["gradients"], STEPS * gradients)
    np.testing.assert_allclose(found["updates"], STEPS)
    np.testing.assert_allclose(found["seconds"], STEPS / 100)


def test_the_first_time_counts_and_never_is_none():
    assert first_within(result("gan"), 4.0)["updates"] == 50
    assert first_within(result("gan"), 1.5)["updates"] == 100
    assert first_within(result("gan"), 0.5) is None


def test_the_rate_called_best_of_the_gan_is_that_at_which_it_ends_best():
    runs = finished(STUDIES["digits_rates"], SHIPPED / "digits_rates")
    fid = {
        rate: np.mean([runs[f"gan,lr={rate:g},seed={seed}"].numbers["fid"] for seed in range(3)])
        for rate in digits_rates.RATES
    }
    assert min(fid, key=fid.get) == BEST_OF_GAN


def test_the_numbers_are_those_of_the_courses():
    for run in finished(STUDIES["digits_soon"], SHIPPED / "digits_soon").values():
        assert run.numbers["least_fid"] == pytest.approx(run.arrays["fid"].min(), rel=1e-6)
        assert run.numbers["fid"] == pytest.approx(run.arrays["fid"][-5:].mean(), rel=1e-5)
        assert run.arrays["steps"][-1] == run.steps
        assert np.all(np.diff(run.arrays["seconds"]) > 0)
        assert run.arrays["seconds"][-1] == pytest.approx(run.seconds, rel=0.05)
