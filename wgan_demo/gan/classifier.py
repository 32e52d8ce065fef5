"""What tells digits apart, small and fixed: its features and answers judge generated pictures. Needs no torch.

`python -m wgan_demo.gan.classifier [data set ...]` trains it anew with scikit-learn, and measures it on unseen digits.
Those of MNIST and its copy learn from the 60,000 training pictures and are measured on the 10,000 test pictures, for
which the files have to be at hand (datasets/mnist.py).
"""

import json
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from wgan_demo.datasets import mnist
from wgan_demo.datasets.images import CLASSES, LABELLED
from wgan_demo.distances.frechet import gaussian, moments

FOLDER = Path(__file__).parents[1] / "recordings/classifiers"
FEATURES = 64  # width of the last hidden layer, where pictures are compared
UNSEEN = 0.2  # of all 8 x 8 digits, kept back to measure it
HIDDEN = {"digits": (FEATURES,), "mnist14": (128, FEATURES), "mnist": (128, FEATURES), "fashion": (128, FEATURES)}
SURE = 0.9  # of the probability: so much, and a picture is said to be of a digit
SEEN = 0.01  # of all pictures: so many sure ones, and a digit is said to be made
COMPARED = 512  # pictures of a sample whose FID is told
DRAWS = 200  # real samples for the floors


@dataclass(frozen=True, eq=False)
class Classifier:
    """ReLU layers with `weights` (a, b) and `biases` (b,), softmax at the end.

    `accuracy` is its share of right answers on `unseen` digits that it was not trained on. `mean` (FEATURES,) and
    `covariance` (FEATURES, FEATURES) are of the features of all of the data. `floor` is the mean and the standard
    deviation of the Fréchet distance of COMPARED real pictures to all of the data, in squared units of the features.
    `counts` (CLASSES,) is how many of each digit the data have.
    """

    weights: tuple[np.ndarray, ...] = field(repr=False)
    biases: tuple[np.ndarray, ...] = field(repr=False)
    mean: np.ndarray = field(repr=False)
    covariance: np.ndarray = field(repr=False)
    accuracy: float
    unseen: int
    floor: tuple[float, float]
    counts: tuple[int, ...]

    def features(self, pictures: np.ndarray) -> np.ndarray:
        """(n, *shape) -> (n, FEATURES), at least 0."""
        x = pictures.reshape(len(pictures), -1)
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            x = np.maximum(x @ weight + bias, 0)
        return x

    def fid(self, features: np.ndarray) -> float:
        """Fréchet distance of the features (n, FEATURES) of some pictures to those of all of the data."""
        mean, covariance = moments(features)
        return gaussian(mean, self.mean, covariance, self.covariance)

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        """Of each digit, by the features of a picture: (n, FEATURES) -> (n, CLASSES)."""
        logits = features @ self.weights[-1] + self.biases[-1]
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return shares / shares.sum(axis=1, keepdims=True)


def inception_score(probabilities: np.ndarray) -> float:
    """exp E KL(p(y | x) | p(y)) of probabilities (n, classes): 1 to the number of classes. Salimans et al. 2016."""
    marginal = probabilities.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(probabilities > 0, probabilities * np.log(probabilities / marginal), 0)
    return float(np.exp(terms.sum(axis=1).mean()))


def digits_made(probabilities: np.ndarray) -> np.ndarray:
    """How many of the pictures (n, CLASSES) are surely of each digit: (CLASSES,)."""
    sure = probabilities.max(axis=1) >= SURE
    return np.bincount(probabilities.argmax(axis=1)[sure], minlength=CLASSES)


def shipped(name: str) -> bool:
    """Whether there is one for a data set of pictures."""
    return bool(name) and _path(name).exists()


def _path(name: str) -> Path:
    return FOLDER / f"{name}.npz"


@cache
def load(name: str) -> Classifier:
    """The shipped one for a data set of pictures. Raises ValueError when there is none."""
    path = _path(name)
    if not path.exists():
        raise ValueError(f"No classifier is shipped for {name!r}.")
    with np.load(path, allow_pickle=False) as file:
        about = json.loads(file["about"].tobytes())
        layers = range(about.pop("layers"))
        weights, biases = (tuple(file[f"{kind}_{i}"].astype(np.float32) for i in layers) for kind in ("weight", "bias"))
        told = about | {name: tuple(about[name]) for name in ("floor", "counts")}
        return Classifier(weights, biases, file["mean"], file["covariance"], **told)


def measured_floor(judge: Classifier, real: np.ndarray, n: int = COMPARED, draws: int = DRAWS) -> tuple[float, float]:
    """Mean and standard deviation of the Fréchet distance of n of the features real (m, d), drawn anew, to all."""
    rng = np.random.default_rng(0)
    values = [judge.fid(real[rng.integers(len(real), size=n)]) for _ in range(draws)]
    return float(np.mean(values)), float(np.std(values, ddof=1))


class Examples(NamedTuple):
    """Pictures (n, *shape) and their digits (n,) to learn from, and unseen ones to be measured on."""

    seen: np.ndarray
    of_seen: np.ndarray
    unseen: np.ndarray
    of_unseen: np.ndarray


def examples(name: str, seed: int = 0) -> Examples:
    """Those of a data set. Raises ValueError where its files are missing."""
    if name == "digits":
        from sklearn.model_selection import train_test_split

        pictures, labels = LABELLED[name]()
        seen, unseen, *of = train_test_split(pictures, labels, test_size=UNSEEN, random_state=seed, stratify=labels)
        return Examples(seen, of[0], unseen, of[1])
    parts = []
    for part in (mnist.TRAIN, mnist.TEST):
        pictures, labels = mnist.load("mnist" if name == "mnist14" else name, part)
        parts += [mnist.scaled(mnist.halved(pictures) if name == "mnist14" else pictures), labels]
    return Examples(*parts)


def train(name: str, seed: int = 0) -> Classifier:
    """A new one for a data set. Its weights are kept to half precision before anything is measured."""
    from sklearn.neural_network import MLPClassifier

    seen, of_seen, unseen, of_unseen = examples(name, seed)
    network = MLPClassifier(HIDDEN[name], alpha=1e-2, max_iter=300 if name == "digits" else 20, random_state=seed)
    network.fit((seen.reshape(len(seen), -1) + 1) / 2, of_seen)  # shares of white are learnt sooner than values about 0
    first, *others = network.coefs_
    weights, biases = [first / 2, *others], [network.intercepts_[0] + first.sum(axis=0) / 2, *network.intercepts_[1:]]
    halves = (tuple(a.astype(np.float16).astype(np.float32) for a in kind) for kind in (weights, biases))
    made = Classifier(*halves, np.nan, np.nan, np.nan, 0, (np.nan, np.nan), ())
    return measured(made, name, Examples(seen, of_seen, unseen, of_unseen))


def measured(made: Classifier, name: str, pictures: Examples) -> Classifier:
    """One with all that is said of it, by unseen pictures and by its data: `seen` where those are not shipped."""
    right = made.probabilities(made.features(pictures.unseen)).argmax(axis=1) == pictures.of_unseen
    data, labels = LABELLED[name]() if name in LABELLED else (pictures.seen, pictures.of_seen)
    mean, covariance = moments(made.features(data))
    made = replace(
        made,
        mean=mean,
        covariance=covariance,
        accuracy=float(right.mean()),
        unseen=len(pictures.unseen),
        counts=tuple(np.bincount(labels, minlength=CLASSES).tolist()),
    )
    return replace(made, floor=measured_floor(made, made.features(data)))


def save(classifier: Classifier, path: Path) -> None:
    """What `load` reads; in half precision where nothing is lost by it."""
    layers = {f"weight_{i}": weight for i, weight in enumerate(classifier.weights)}
    layers |= {f"bias_{i}": bias for i, bias in enumerate(classifier.biases)}
    halves = {name: values.astype(np.float16) for name, values in layers.items()}
    if all((halves[name] == values).all() for name, values in layers.items()):
        layers = halves
    told = {name: getattr(classifier, name) for name in ("accuracy", "unseen", "floor", "counts")}
    about = {"layers": len(classifier.weights), **told}
    np.savez_compressed(
        path,
        about=np.frombuffer(json.dumps(about).encode(), np.uint8),
        mean=classifier.mean,
        covariance=classifier.covariance,
        **layers,
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or LABELLED:
        made = train(name)
        save(made, path := FOLDER / f"{name}.npz")
        shapes, floor = [weight.shape for weight in made.weights], "{:.2f} ± {:.2f}".format(*made.floor)
        print(
            f"{name}: {made.accuracy:.2%} of {made.unseen} unseen, floor {floor}, {shapes}, {path.stat().st_size:,} B"
        )
