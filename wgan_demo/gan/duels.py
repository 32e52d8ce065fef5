"""The pairs of runs on pictures that are watched side by side, a standard GAN and a WGAN-GP: DUELS. Needs no torch."""

from dataclasses import dataclass, field, replace

from wgan_demo.gan import classifier, shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import LARGE, PRESETS
from wgan_demo.gan.runs.recording import Recording

SIDES = ("gan", "live")  # their presets: A and B


@dataclass(frozen=True)
class Duel:
    """Both sides learn the same pictures with the same networks: those of the presets, but for `fields`.

    `name` is its key in DUELS, `lengths` are generator iterations by preset where they are others than the preset's.
    """

    name: str
    label: str
    dataset: str
    fields: dict = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)

    def config(self, preset: str) -> TrainConfig:
        """The settings of one side. A rate that falls has fallen at the end of its run."""
        config = replace(PRESETS[preset].config(self.dataset), **self.fields)
        return replace(config, lr_decay_steps=self.length(preset)) if config.lr_decay_steps else config

    def length(self, preset: str) -> int:
        """Generator iterations of one side's run."""
        return self.lengths.get(preset) or PRESETS[preset].length(self.dataset)

    def recording(self, preset: str) -> str:
        """The name of one side's file among the recordings."""
        return self.name if preset == "live" else f"{self.name}_{preset}"

    @property
    def shipped(self) -> bool:
        """Whether both sides have their recordings and weights."""
        names = [self.recording(preset) for preset in SIDES]
        return all((shipped.FOLDER / f"{name}{end}").exists() for name in names for end in (".npz", ".safetensors.gz"))


DUELS = {
    duel.name: duel
    for duel in (
        Duel("digits", "8 × 8 digits", "digits"),
        Duel("mnist14", "MNIST 14 × 14", "mnist14"),
        Duel("mnist", "MNIST 28 × 28, small networks", "mnist"),
        Duel("mnist_large", "MNIST 28 × 28, large networks", "mnist", LARGE, {"live": 6000, "gan": 6000}),
        Duel(
            "mnist_fifty",
            "MNIST 28 × 28, large networks, 50 epochs",
            "mnist",
            LARGE | {"batch_size": 256},
            {"live": 5860, "gan": 11_719},
        ),
        Duel("fashion", "Fashion-MNIST 28 × 28", "fashion"),
    )
}


def epochs(recording: Recording) -> float:
    """How often the critic has seen as many real pictures as the data hold. Raises ValueError for data of one's own."""
    config = recording.config
    return recording.steps * config.n_critic * config.batch_size / sum(classifier.load(config.dataset).counts)


def seconds_for(recording: Recording, count: float) -> float:
    """What so many epochs take at the speed of the recording, in seconds of one core; NaN before it has begun."""
    done = epochs(recording)
    return recording.value("seconds") * count / done if done else float("nan")
