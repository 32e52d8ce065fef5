"""Four objectives and three generators on the digits: what the study holds fixed, and a run of it anew."""

import pytest
import torch

from tests.test_experiments import InlinePool, to_end
from wgan_demo.datasets.images import CLASSES
from wgan_demo.engine.host import Host
from wgan_demo.experiments import Runner, finished
from wgan_demo.experiments.result import SHIPPED
from wgan_demo.experiments.studies.digits_networks import (
    GENERATORS,
    OBJECTIVES,
    RATES,
    SEEDS,
    STUDY,
    SWEEP,
    SWEPT,
    best,
    run_name,
    swept_name,
)
from wgan_demo.gan.fast import trainer_for


def test_a_generator_differs_by_its_network_alone_and_meets_the_same_critic():
    assert len(STUDY.runs) == (len(OBJECTIVES) + 1) * len(GENERATORS) * len(SEEDS) == 45  # LSGAN twice
    for objective in OBJECTIVES:
        runs = [STUDY.runs[run_name(objective, made, 0)].as_dict() for made in GENERATORS]
        differing = {name for run in runs for name in run if run[name] != runs[0][name]}
        assert differing == {"network", "generator_norm"}
    critics = [
        [tuple(tensor.shape) for tensor in trainer_for(config).critic.state_dict().values()]
        for config in STUDY.runs.values()
    ]
    assert all(critic == critics[0] for critic in critics)
    assert not any(config.batch_norm for config in STUDY.runs.values())


def test_the_rates_are_those_that_the_sweep_found_on_the_first_generator():
    assert {config.network for config in SWEEP.runs.values()} == {GENERATORS["baseline"]["network"]}
    assert SWEPT not in SEEDS
    assert best(finished(SWEEP, SHIPPED / "digits_networks_sweep")) == RATES
    for objective, rate in RATES.items():
        assert {STUDY.runs[run_name(objective, made, 1)].lr for made in GENERATORS} == {rate}


def test_the_sweep_prefers_all_digits_to_a_smaller_fid():
    results = finished(SWEEP, SHIPPED / "digits_networks_sweep")
    name = swept_name("clipping", RATES["clipping"])
    least = min(run.numbers["fid"] for key, run in results.items() if key.startswith("objective=clipping"))
    assert results[name].numbers["digits"] == CLASSES
    assert least < results[name].numbers["fid"]


def test_the_command_makes_a_result_again(tmp_path):
    """The shortest of them; on another machine its last digits are others, but not by what LSGAN's differ from it."""
    torch.set_num_threads(1)
    run = run_name("gan", "mlp", 0)
    kept = finished(STUDY, SHIPPED / "digits_networks")
    pool = InlinePool()
    pool.host = Host(every=STUDY.every)
    assert to_end(Runner(STUDY, tmp_path, pool, only=[run])).state == "finished"
    again = finished(STUDY, tmp_path)[run]
    assert again.numbers["fid"] == pytest.approx(kept[run].numbers["fid"], rel=0.5)
    assert again.numbers["digits"] == pytest.approx(kept[run].numbers["digits"], abs=1)
    assert again.arrays["fake"].shape == kept[run].arrays["fake"].shape == (16, 8, 8)
    assert kept[run_name("lsgan", "mlp", 0)].numbers["fid"] > 2 * again.numbers["fid"]
