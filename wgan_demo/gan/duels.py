"""The pairs of runs on pictures that are watched side by side, a standard GAN and a WGAN-GP: DUELS. Needs no torch."""

from dataclasses import dataclass, field, replace

from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import LARGE, PRESETS

SIDES = ("gan", "live")  # their presets: A and B


@dataclass(frozen=True)
class Duel:
    """Both sides learn the same pictures with the same networks: those of the presets, but for `fields` and,
    by preset, `lengths`.

    `name` is its key in DUELS. Fashion-MNIST has no recording: its pictures come with the files alone.
    """

    name: str
    label: str
    dataset: str
    fields: dict = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    recorded: bool = True

    def config(self, preset: str) -> TrainConfig:
        """The settings of one side."""
        config = replace(PRESETS[preset].config(self.dataset), **self.fields)
        return replace(config, lr_decay_steps=self.length(preset)) if config.lr_decay_steps else config

    def length(self, preset: str) -> int:
        """Generator iterations of one side's run."""
        return self.lengths.get(preset) or PRESETS[preset].length(self.dataset)

    def recording(self, preset: str) -> str:
        """The name of one side's file among the recordings."""
        return self.name if preset == "live" else f"{self.name}_{preset}"


DUELS = {
    duel.name: duel
    for duel in (
        Duel("digits", "8 × 8 digits", "digits"),
        Duel("mnist14", "MNIST, 14 × 14", "mnist14"),
        Duel("mnist", "MNIST, 28 × 28, small networks", "mnist"),
        Duel("mnist_large", "MNIST, 28 × 28, large networks", "mnist", LARGE, {"live": 6000, "gan": 6000}),
        Duel("fashion", "Fashion-MNIST, 28 × 28", "fashion", recorded=False),
    )
}
