"""The page of why GANs stall, run through the app as a visitor meets it."""

import time

import numpy as np
import pytest

from tests.pages import complaints, formulas, messages, open_lesson, plain, text
from wgan_demo.distances.best_discriminator import best_value
from wgan_demo.distances.one_dim import wasserstein
from wgan_demo.gan.standstill import exact
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.families import FAMILIES
from wgan_demo.measures import Gaussian
from wgan_demo.ui.standstill import ceiling, noise
from wgan_demo.ui.standstill.picture import course_sentence, signed, size
from wgan_demo.ui.standstill.recordings import shipped

P = Gaussian(0.0, 0.5)
VIEWS = {
    "The pull": ("va_guess", "va_curves", "va_course"),
    "Three generators": ("va_epochs_guess", "va_curves", "va_course"),
    "The ceiling": ("va_ceiling_guess", "va_judges", "va_values"),
    "Noise": ("va_noise_guess", "va_blurred", "va_prices"),
    "The trap": ("va_trap_guess", "va_critics", "va_gaps"),
    "Collapse": ("va_collapse_guess", "va_samples", "va_piles"),
}


def open_view(view: str = "The pull", **link):
    return open_lesson("vanishing", va_view=view, **link)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_keeps_its_answer_until_the_guess(view):
    guess, before, after = VIEWS[view]
    app = open_view(view)
    assert not app.exception
    assert complaints(app) == []
    assert before in messages(app)
    assert after not in messages(app)
    assert not app.success
    app.segmented_control(key=guess).set_value("Just show me").run()
    assert not app.exception
    assert after in messages(app)
    assert "Take away" in app.success[0].value
    assert formulas(app)


@pytest.mark.parametrize("theta", ["2", "4", "10"])
def test_the_value_that_d_has_reached_stands_beside_the_best_one(theta):
    app = open_view(va_theta=theta)
    header, _ = messages(app)["va_curves"]
    told = [pair[1] for pair in header["numbers"]]
    best = best_value(P, Gaussian(float(theta), 0.5))
    assert told[1] == signed(best)
    assert [len(header["places"])] * 2 == [len(told[0]), len(told[2])]
    reached = float(told[0][-1].replace("−", "-"))
    assert reached == pytest.approx(best, abs=3e-3)
    assert told[3] == f"{float(theta):.3f}"


def test_the_pulls_are_told_at_every_step_and_what_became_of_them():
    app = open_view(va_theta="10", va_guess="harder")
    header, _ = messages(app)["va_course"]
    recordings = [shipped(f"theta=10,seed={seed}") for seed in range(3)]
    means = np.abs(recordings[0].pulls()["saturating"]).mean(axis=1)
    assert header["numbers"][0][1] == [size(mean) for mean in means]
    assert "has fallen, 19,000 to 450,000 times (3 seeds)" in header["sentence"]
    near = [shipped(f"theta=2,seed={seed}") for seed in range(3)]
    assert "has grown" in course_sentence(near)


def test_the_step_and_the_theta_come_with_the_link():
    recording = shipped("theta=4,seed=0")
    step = int(recording.steps_kept[20])
    header, _ = messages(open_view(va_theta="4", va_step=str(step)))["va_curves"]
    assert header["at"] == 20


@pytest.mark.parametrize(
    "link",
    [
        {"va_theta": "99"},
        {"va_theta": "<script>"},
        {"va_step": "-3"},
        {"va_view": "nothing"},
        {"va_view": "Noise", "va_sigma": "1e999"},
        {"va_view": "Noise", "va_noise_theta": "-1"},
        {"va_view": "The trap", "va_trap_seed": "77"},
        {"va_view": "Three generators", "va_epochs": "1000"},
        {"va_view": "Collapse", "va_collapse_data": "9", "va_collapse_seed": "-1"},
        {"va_theta": "Another", "va_own_theta": "1e6"},
        {"va_theta": "Another", "va_own_theta": "nan"},
        {"va_theta": "Another", "va_p": "Cauchy", "va_q": "0"},
    ],
)
def test_a_link_beyond_sense_opens_the_page_as_it_is(link):
    app = open_lesson("vanishing", **link)
    assert not app.exception
    assert messages(app) or "Nothing has been trained" in text(app)


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"va_theta": "99"}, "The link asks for θ: “99” is none of 2, 4, 10, Another."),
        ({"va_theta": "Another", "va_p": "Cauchy"}, "The link asks for P: “Cauchy” is none of Gaussian, Uniform"),
        ({"va_theta": "Another", "va_own_theta": "50"}, "The link asks for θ: “50” is no number from 0.5 to 20."),
        ({"va_theta": "Another", "va_own_sigma": "wide"}, "The link asks for σ: “wide” is no number from 0.1 to 3."),
    ],
)
def test_a_link_that_asks_too_much_is_told_so_once(link, told):
    app = open_lesson("vanishing", **link)
    assert told in app.warning[0].value
    app.run()
    assert not app.warning


@pytest.mark.parametrize("family", ["Uniform", "Laplace", "Mixture of two Gaussians"])
def test_other_families_have_their_exact_curves(family):
    app = open_view(va_theta="Another", va_q=family, va_own_theta="1.5")
    assert not app.warning
    header, _ = messages(app)["va_live_best"]
    name = next(name for name, made in FAMILIES.items() if made.label == family)
    config = StandstillConfig(theta=1.5, fake_family=name)
    assert [number[1] for number in header["numbers"]] == [
        signed(best_value(config.real, config.fake)),
        signed(wasserstein(config.real.measure(), config.fake.measure()), 3),
    ]


@pytest.mark.parametrize("theta", [0.0, 0.7, 3.0, 10.0])
def test_every_cell_of_the_table_is_what_the_formulas_give(theta):
    q = P.shifted(theta)
    found = ceiling.objectives(theta)
    rng = np.random.default_rng(0)
    x = q.mean + q.std * rng.normal(size=400_000)
    odds = np.exp((theta**2 - 2 * theta * x) / (2 * 0.25))  # D / (1 - D)
    saturating, other = -np.log1p(odds).mean(), np.log1p(1 / odds).mean()
    told = {kind: [float(cells[name].split()[0].replace("−", "-")) for name in ("the judge’s value", "its value")]
            for kind, cells in found.items()}  # fmt: skip
    best = best_value(P, q)
    assert told["GAN, ln(1 − D)"] == pytest.approx([best, saturating], abs=5e-3)
    assert told["GAN, −ln D"] == pytest.approx([best, other], rel=5e-3, abs=5e-3)
    assert told["WGAN"] == pytest.approx([theta, theta], abs=1e-3)


def test_the_value_of_d_star_is_minus_ln_4_and_twice_js_on_the_page():
    app = open_view("The ceiling", va_ceiling_guess="both", va_ceiling_theta="1.5")
    table = app.table[0].value
    assert f"{signed(best_value(P, P.shifted(1.5)))} nats" in table.to_string()
    assert f"from JS alone, is {signed(best_value(P, P.shifted(1.5)))} nats" in plain(
        " ".join(element.value for element in app.caption)
    )


def test_the_noise_view_tells_the_price_that_pot_finds():
    app = open_view("Noise", va_noise_guess="Nothing", va_sigma="2")
    header, _ = messages(app)["va_prices"]
    assert noise.SIGMAS[header["at"]] == 2
    assert header["numbers"][1][1][header["at"]] == f"{exact.blur(P, 2.0):.3f}"


def test_another_theta_is_trained_in_the_worker():
    app = open_view(va_theta="Another", va_own_theta="1.5", va_guess="harder")
    assert "Nothing has been trained on this P and Q yet" in text(app)
    header, _ = messages(app)["va_live_best"]
    assert header["numbers"][0][1] == signed(best_value(P, P.shifted(1.5)))
    app.button(key="va_train").click().run()
    deadline = time.monotonic() + 60
    while "va_live_curves" not in messages(app):
        assert time.monotonic() < deadline
        time.sleep(0.2)
        app.run()
    assert not app.exception
    assert "va_live_course" in messages(app)
    app.slider(key="va_own_theta").set_value(9.0).run()
    assert "belongs to another P or Q" in text(app)
    app.button(key="va_remove").click().run()
    assert not app.exception
    assert "Nothing has been trained" in text(app)


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.0, "0"), (5.613, "5.61"), (0.0234, "0.0234"), (1.23e-6, "1.2 · 10⁻⁶"), (4e-25, "4.0 · 10⁻²⁵")],
)
def test_sizes_are_written_so_that_they_can_be_read(value, told):
    assert size(value) == told
    assert signed(-0.00001, 3) == "0.000"
    assert signed(-1.5, 1) == "−1.5"
