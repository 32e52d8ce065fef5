"""Where critics that are held in different ways really have slope 1, on the Swiss roll; and what batch normalisation in
the critic does to that.
"""

from wgan_demo.experiments.studies import critic_alone
from wgan_demo.experiments.studies.surfaces import SIZE
from wgan_demo.experiments.study import Study, grid
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig

HOLDS = {
    "gradient_penalty": {"regularizer": "gradient_penalty"},
    "one_sided": {"regularizer": "one_sided", "gp_weight": 100.0},
    "clipping": {"regularizer": "clipping", "clip": 0.1, "optimizer": "rmsprop", "lr": 1e-3},
    "spectral_norm": {"regularizer": "spectral_norm"},
    "r1": {"regularizer": "r1"},
    "none": {"regularizer": "none"},
}
STUDY = Study(
    question="Where on the plane is the critic's slope 1?",
    runs=grid(PlaneCriticConfig(lr=3e-3, **SIZE), hold=HOLDS, batch_norm=[False, True]),
    steps=SIZE["steps"],
    measure=critic_alone.measure,
    keep=lambda recording: critic_alone.spread(recording) | critic_alone.surface(recording),
)
