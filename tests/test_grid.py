"""A grid of pictures in a PNG: what is read of good ones, and the sentence for each bad one."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

from wgan_demo.datasets.grid import FAINT, FEWEST, MAX_BYTES, MAX_PIXELS, MOST, SIGNATURE, read_grid

DIGITS = load_digits().images[:24] / 16  # ink from 0 to 1
ACROSS = 6


def sheet(pictures=DIGITS, across: int = ACROSS, larger: int = 1) -> np.ndarray:
    """The pictures in a grid (height, width) of ink, each pixel so many times as wide."""
    down = len(pictures) // across
    grid = pictures.reshape(down, across, 8, 8).swapaxes(1, 2).reshape(down * 8, across * 8)
    return grid.repeat(larger, 0).repeat(larger, 1)


def saved(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def grey(ink: np.ndarray) -> Image.Image:
    """Dark on light."""
    return Image.fromarray((255 * (1 - ink)).round().astype(np.uint8))


def with_alpha(ink: np.ndarray) -> Image.Image:
    """Black everywhere, and clear where there is no ink."""
    image = Image.new("RGBA", ink.shape[::-1], "black")
    image.putalpha(Image.fromarray((255 * ink).round().astype(np.uint8)))
    return image


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def by_hand(width: int, height: int, data: bytes, more: bytes = b"") -> bytes:
    """A grey PNG of 8 bits that says it is so large."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return SIGNATURE + header + more + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


INK = sheet()
GOOD = {
    "dark on light": saved(grey(INK)),
    "light on dark": saved(Image.fromarray((255 * INK).round().astype(np.uint8))),
    "colours": saved(grey(INK).convert("RGB")),
    "a palette": saved(grey(INK).convert("P", palette=Image.Palette.ADAPTIVE)),
    "alpha": saved(with_alpha(INK)),
    "grey and alpha": saved(grey(INK).convert("LA")),
    "16 bits": saved(Image.fromarray((65535 * (1 - INK)).round().astype(np.uint16))),
    "larger": saved(grey(sheet(larger=5))),
}


@pytest.mark.parametrize("kind", GOOD)
def test_the_squares_come_back_in_their_order(kind):
    pictures, notes = read_grid(GOOD[kind], ACROSS)
    np.testing.assert_allclose(pictures, 2 * DIGITS.reshape(24, 64) - 1, atol=0.02)
    assert notes == ()


def test_each_square_is_averaged_down():
    fine = np.random.default_rng(0).random((4, 5 * 24, 24))  # one square across, of 24 pixels
    fine = np.concatenate(list(fine))  # 20 squares
    fine[fine < 0.2] = 0  # paper
    content = saved(grey(fine))
    greys = np.asarray(Image.open(io.BytesIO(content)), float) / 255
    values, counts = np.unique(greys, return_counts=True)
    paper = values[counts.argmax()]
    far = greys.min() if paper - greys.min() > greys.max() - paper else greys.max()
    ink = np.clip((greys - paper) / (far - paper), 0, 1)
    assert paper == 1
    means = ink.reshape(20, 8, 3, 8, 3).mean((2, 4)).reshape(20, 64)
    np.testing.assert_allclose(read_grid(content, 1).pictures, 2 * means - 1, atol=1e-6)


def test_blank_squares_are_left_out_and_counted():
    pictures = DIGITS.copy()
    pictures[[3, 10]] = 0
    pictures[7] = 0.9 * FAINT * (np.arange(64).reshape(8, 8) == 9)  # a speck
    found, notes = read_grid(saved(grey(sheet(pictures))), ACROSS)
    assert len(found) == 21
    assert notes == ("3 blank squares are left out.",)


BAD = {
    "empty": (b"", "no PNG"),
    "another kind of file": (b"GIF89a" + bytes(60), "no PNG"),
    "a JPEG": ((lambda f: (grey(INK).save(f, "JPEG"), f.getvalue())[1])(io.BytesIO()), "no PNG"),
    "the first bytes alone": (GOOD["larger"][:20], "no PNG"),
    "cut off": (GOOD["larger"][: len(GOOD["larger"]) // 2], "damaged or cut off"),
    "cut off behind its header": (GOOD["larger"][:40], "damaged or cut off"),
    "a wrong sum": (GOOD["larger"][:60] + b"\0\0\0\0" + GOOD["larger"][64:], "damaged or cut off"),
    "one pixel": (saved(Image.new("L", (1, 1))), "cannot be cut into squares"),
    "of no size": (by_hand(0, 48, b""), "0 × 48 pixels"),
    "a border": (saved(grey(np.pad(INK, 1))), "cannot be cut into squares"),
    "one grey": (saved(Image.new("L", (48, 32), 77)), "one grey all over"),
    "too few": (saved(grey(sheet(DIGITS[:18]))), f"18 pictures on it, and at least {FEWEST}"),
    "too few and blanks": (saved(grey(sheet(np.concatenate([DIGITS[:18], np.zeros((6, 8, 8))])))), "6 blank squares"),
    "too many": (saved(Image.new("L", (48, 8 * (MOST // ACROSS + 1)))), f"at most {MOST}"),
    "too many bytes": (GOOD["larger"] + bytes(MAX_BYTES), "limit is 2 MB"),
    "a bomb": (by_hand(60_000, 60_000, bytes(10**6)), f"60,000 × 60,000 pixels, and the limit is {MAX_PIXELS:,}"),
    "the largest numbers": (by_hand(2**31 - 1, 2**31 - 1, b""), "and the limit is"),
    "a bomb of words": (
        by_hand(48, 32, bytes(49 * 32), chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10**8), 9))), "damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_ends_in_one_sentence(kind):
    content, complaint = BAD[kind]
    with pytest.raises(ValueError, match=complaint) as told:
        read_grid(content, ACROSS)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 250


def test_a_bomb_is_told_before_anything_is_decoded(monkeypatch):
    monkeypatch.setattr(Image, "open", lambda *args, **options: pytest.fail("it was opened"))
    with pytest.raises(ValueError, match="limit"):
        read_grid(BAD["a bomb"][0], ACROSS)
