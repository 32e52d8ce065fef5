"""What tells digits apart, small and fixed: its features and answers judge generated pictures. Needs no torch.

`python -m wgan_demo.gan.classifier [data set ...]` trains it anew with scikit-learn, and measures it on unseen digits.
"""

import json
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from wgan_demo.datasets.images import CLASSES, LABELLED
from wgan_demo.distances.frechet import frechet

FOLDER = Path(__file__).parents[1] / "recordings/classifiers"
FEATURES = 64  # width of the last hidden layer, where pictures are compared
UNSEEN = 0.2  # of all digits, kept back to measure it
SURE = 0.9  # of the probability: so much, and a picture is said to be of a digit
SEEN = 0.01  # of all pictures: so many sure ones, and a digit is said to be made
COMPARED = 512  # pictures of a sample whose FID is told
DRAWS = 200  # real samples for the floors


@dataclass(frozen=True, eq=False)
class Classifier:
    """ReLU layers with `weights` (a, b) and `biases` (b,), softmax at the end.

    `accuracy` is its share of right answers on `unseen` digits that it was not trained on. `floor` is the mean and the
    standard deviation of the Fréchet distance of COMPARED real pictures to all of the data, in squared units of the
    features. `counts` (CLASSES,) is how many of each digit the data have.
    """

    weights: tuple[np.ndarray, ...] = field(repr=False)
    biases: tuple[np.ndarray, ...] = field(repr=False)
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


@cache
def load(name: str) -> Classifier:
    """The shipped one for a data set of LABELLED. Raises ValueError when there is none."""
    path = FOLDER / f"{name}.npz"
    if not path.exists():
        raise ValueError(f"No classifier is shipped for {name!r}.")
    with np.load(path, allow_pickle=False) as file:
        about = json.loads(file["about"].tobytes())
        layers = range(about.pop("layers"))
        weights, biases = (tuple(file[f"{kind}_{i}"] for i in layers) for kind in ("weight", "bias"))
    return Classifier(weights, biases, **about | {name: tuple(about[name]) for name in ("floor", "counts")})


@cache
def real_features(name: str) -> np.ndarray:
    """Those of all pictures of a data set (n, FEATURES)."""
    pictures, _ = LABELLED[name]()
    return load(name).features(pictures)


def measured_floor(real: np.ndarray, n: int = COMPARED, draws: int = DRAWS) -> tuple[float, float]:
    """Mean and standard deviation of the Fréchet distance of n of the features real (m, d), drawn anew, to all."""
    rng = np.random.default_rng(0)
    values = [frechet(real[rng.integers(len(real), size=n)], real) for _ in range(draws)]
    return float(np.mean(values)), float(np.std(values, ddof=1))


def train(name: str, hidden: tuple[int, ...] = (FEATURES,), seed: int = 0) -> Classifier:
    """A new one for a data set of LABELLED, trained on all but UNSEEN of its pictures."""
    from sklearn.model_selection import train_test_split
    from sklearn.neural_network import MLPClassifier

    pictures, labels = LABELLED[name]()
    flat = pictures.reshape(len(pictures), -1)
    seen, unseen, of_seen, of_unseen = train_test_split(
        flat, labels, test_size=UNSEEN, random_state=seed, stratify=labels
    )
    network = MLPClassifier(hidden, alpha=1e-2, max_iter=300, random_state=seed).fit(seen, of_seen)
    accuracy = float(network.score(unseen, of_unseen))
    weights, biases = (tuple(a.astype(np.float32) for a in kind) for kind in (network.coefs_, network.intercepts_))
    made = Classifier(weights, biases, accuracy, len(unseen), (np.nan, np.nan), tuple(np.bincount(labels).tolist()))
    return replace(made, floor=measured_floor(made.features(pictures)))


def save(classifier: Classifier, path: Path) -> None:
    """What `load` reads."""
    layers = {f"weight_{i}": weight for i, weight in enumerate(classifier.weights)}
    layers |= {f"bias_{i}": bias for i, bias in enumerate(classifier.biases)}
    told = {name: getattr(classifier, name) for name in ("accuracy", "unseen", "floor", "counts")}
    about = {"layers": len(classifier.weights), **told}
    np.savez_compressed(path, about=np.frombuffer(json.dumps(about).encode(), np.uint8), **layers)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or LABELLED:
        made = train(name)
        save(made, FOLDER / f"{name}.npz")
        print(f"{name}: {made.accuracy:.1%} of {made.unseen} unseen digits, {[w.shape for w in made.weights]}")
