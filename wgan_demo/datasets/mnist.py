"""MNIST and Fashion-MNIST from their four files each, and a small copy of the former that is shipped.

The files come from a folder of one's own, WGAN_DATA/mnist and WGAN_DATA/fashion, or from the published mirrors. They
are in the IDX format of http://yann.lecun.com/exdb/mnist/, gzipped. `python -m wgan_demo.datasets.mnist` makes the
copy.
"""

import gzip
import os
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

FOLDER = "WGAN_DATA"  # as in environment.py, which a script that is taken away does without
CACHE = "~/.cache/wgan-demo/data"
SMALL = Path(globals().get("__file__", "here")).with_name("mnist14.npz")  # beside this file, or this notebook
KEPT = 10_000  # pictures in it
SECONDS = 20  # for a mirror to answer
MAX_BYTES = 32 * 2**20  # of a file as it lies there; the largest, of Fashion-MNIST, has 26 million
MAX_ITEMS = 60_000


class Source(NamedTuple):
    """Where four files are published, and their md5 by name."""

    mirrors: tuple[str, ...]
    md5: dict[str, str]


TRAIN = "train"  # how the names of the files begin
TEST = "t10k"
IMAGES = "images-idx3-ubyte.gz"  # and how they end
LABELS = "labels-idx1-ubyte.gz"
SOURCES: dict[str, Source] = {
    "mnist": Source(
        ("https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"),
        {
            "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
            "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
            "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
        },
    ),
    "fashion": Source(
        (
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ),
        {
            "train-images-idx3-ubyte.gz": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "train-labels-idx1-ubyte.gz": "25c81989df183df01b3e8a0aad5dffbe",
            "t10k-images-idx3-ubyte.gz": "bef4ecab320f06d8554ea6380940ec79",
            "t10k-labels-idx1-ubyte.gz": "bb300cfdad3c16e7a12a480ee83cd310",
        },
    ),
}
MISSING = "The files of {name} are not on this machine: fetch them, or put them into the folder {folder}."


def read_idx(path: Path) -> np.ndarray:
    """The bytes of an IDX file, gzipped: (n,) or (n, rows, columns) uint8.

    The magic number 0x0800 + number of axes is followed by the length of each axis, big-endian, and by the values.
    Raises ValueError with one sentence for what is no such file: nothing is unpacked beyond what its header says.
    """
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            raise ValueError(f"it has {size:,} bytes, more than {MAX_BYTES:,}")
        with gzip.open(path) as file:
            magic = file.read(4)
            if magic not in (b"\0\0\x08\x01", b"\0\0\x08\x03"):
                raise ValueError("its first bytes are not those of labels or of pictures")
            sides = np.frombuffer(_exactly(file, 4 * magic[3]), ">u4").tolist()
            if not 1 <= sides[0] <= MAX_ITEMS or sides[1:] not in ([], [28, 28]):
                raise ValueError(f"it says to hold {' × '.join(map(str, sides))} values")
            values = _exactly(file, int(np.prod(sides)))
            if file.read(1):
                raise ValueError("it holds more than its header says")
    except (OSError, EOFError, zlib.error) as error:  # gzip's BadGzipFile is an OSError
        raise ValueError(f"{path.name} cannot be read: {error}.") from error
    except ValueError as error:
        raise ValueError(f"{path.name} is no file of pictures or labels: {error}.") from error
    return np.frombuffer(values, np.uint8).reshape(sides)


def _exactly(file: gzip.GzipFile, n: int) -> bytes:
    values = file.read(n)
    if len(values) < n:
        raise ValueError("it is cut off")
    return values


def folder(name: str) -> Path:
    """Where the files of "mnist" or "fashion" are looked for."""
    return Path(os.environ.get(FOLDER) or CACHE).expanduser() / name


def at_hand(name: str) -> bool:
    """Whether all files of a data set are on this machine; True for one that needs none."""
    return name not in SOURCES or all((folder(name) / file).exists() for file in SOURCES[name].md5)


@cache
def load(name: str, part: str = TRAIN) -> tuple[np.ndarray, np.ndarray]:
    """Pictures (n, 28, 28) uint8, 0 black to 255 white, and what each shows (n,): "train" 60,000, "t10k" 10,000.

    Raises ValueError with one sentence where files are missing or broken.
    """
    where = folder(name)
    if not at_hand(name):
        raise ValueError(MISSING.format(name=name, folder=where))
    pictures, labels = read_idx(where / f"{part}-{IMAGES}"), read_idx(where / f"{part}-{LABELS}")
    if pictures.ndim != 3 or labels.shape != (len(pictures),) or labels.max() > 9:
        raise ValueError(f"The pictures and labels in {where} do not belong together.")
    return pictures, labels


@cache
def load_small() -> tuple[np.ndarray, np.ndarray]:
    """The shipped copy: pictures (KEPT, 14, 14) uint8 and their digits (KEPT,).

    Raises ValueError where it is missing.
    """
    if not SMALL.exists():
        raise ValueError(f"{SMALL.name} has to lie in {SMALL.parent.absolute()}.")
    with np.load(SMALL, allow_pickle=False) as file:
        return file["pictures"], file["labels"]


def halved(pictures: np.ndarray) -> np.ndarray:
    """Means of 2 x 2 pixels, rounded: (n, s, s) uint8 -> (n, s / 2, s / 2) uint8."""
    n, side, _ = pictures.shape
    return np.round(pictures.reshape(n, side // 2, 2, side // 2, 2).mean(axis=(2, 4))).astype(np.uint8)


def scaled(pictures: np.ndarray) -> np.ndarray:
    """(n, s, s) uint8 -> (n, 1, s, s) float32, black -1 to white 1."""
    return pictures[:, None].astype(np.float32) / np.float32(127.5) - 1


def sample_small(n: int, rng: np.random.Generator) -> np.ndarray:
    """n pictures of the shipped copy, drawn with replacement."""
    pictures, _ = load_small()
    return scaled(pictures[rng.integers(len(pictures), size=n)])


def sample_mnist(n: int, rng: np.random.Generator) -> np.ndarray:
    """n of MNIST's 60,000 training pictures, drawn with replacement."""
    pictures, _ = load("mnist")
    return scaled(pictures[rng.integers(len(pictures), size=n)])


def sample_fashion(n: int, rng: np.random.Generator) -> np.ndarray:
    """n of Fashion-MNIST's 60,000 training pictures, drawn with replacement."""
    pictures, _ = load("fashion")
    return scaled(pictures[rng.integers(len(pictures), size=n)])


def fetch(name: str, progress: Callable[[str], None] = lambda file: None) -> None:
    """Bring the files of a data set that are missing from the first mirror that has them, hashes checked.

    `progress` is called with the name of each file before it is asked for. Raises ValueError with one sentence where no
    mirror answers, or what comes is not what was published.
    """
    import pooch
    import requests

    where, source = folder(name), SOURCES[name]
    for file, md5 in source.md5.items():
        if (where / file).exists():
            continue
        progress(file)
        for mirror in source.mirrors:
            try:
                ask = pooch.HTTPDownloader(timeout=SECONDS)
                pooch.retrieve(mirror + file, f"md5:{md5}", fname=file, path=where, downloader=ask)
                (where / file).chmod(0o644)
                break
            except (requests.RequestException, OSError, ValueError) as error:  # ValueError: another hash
                reason = error
        else:
            why = "what came is not what was published" if isinstance(reason, ValueError) else "no mirror answers"
            raise ValueError(f"{file} of {name} could not be fetched: {why}.") from reason
    load.cache_clear()


if __name__ == "__main__":
    pictures, labels = load("mnist")
    np.savez_compressed(SMALL, pictures=halved(pictures[:KEPT]), labels=labels[:KEPT])
    print(f"{SMALL.name}: {SMALL.stat().st_size:,} bytes")
