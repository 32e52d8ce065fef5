"""The GIF of a run: its frames, its size, and that points and surface are drawn where they are."""

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from wgan_demo.datasets import plane
from wgan_demo.gan import shipped
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.plots import theme
from wgan_demo.plots.film import gif, ink
from wgan_demo.plots.stage import thinned

MOONS = shipped.load("moons")


def frames(gif: bytes) -> list[np.ndarray]:
    image = Image.open(io.BytesIO(gif))
    found = []
    for i in range(image.n_frames):
        image.seek(i)
        found.append(np.array(image.convert("RGB")))
    return found


def one(surface, fake=((0.0, 0.0),), real=((9.0, 9.0),)) -> np.ndarray:
    """The only frame of a film, without its strip; points beyond the extent are out of the picture."""
    frame = Frame(7, {"fake": np.array(fake), "surface": np.array(surface, float)})
    recording = replace(MOONS, frames=[frame], real=np.array(real), space=plane(2.0))
    (picture,) = frames(gif.film_gif(recording))
    return picture[ink.STRIP :].astype(int)


def near(picture: np.ndarray, color: str) -> np.ndarray:
    """Which pixels have a colour, up to the rounding of a palette."""
    return np.abs(picture - ink._rgb(color)).max(axis=2) <= 2


def test_forty_frames_of_a_run_in_less_than_five_megabytes():
    film = gif.film_gif(MOONS)
    image = Image.open(io.BytesIO(film))
    assert film.startswith(b"GIF89a")
    assert (image.n_frames, image.size) == (40, (360, 388))
    assert len(film) < 5e6
    assert image.info["loop"] == 0  # for ever
    times = []
    for i in range(image.n_frames):
        image.seek(i)
        times.append(image.info["duration"])
    assert times == [gif.FRAME_MS] * 39 + [gif.REST_MS]


def squares(picture: np.ndarray) -> np.ndarray:
    """The 64 pictures of a frame of the film, each shrunk to 8 x 8 values from -1, paper, to 1, ink."""
    place, side = 360 / 8, round(360 / 8 * 0.94)
    paper, text = 255.0, np.array(ink._rgb(ink.TEXT))[0]
    grey = (paper - picture[ink.STRIP :, :, 0]) / (paper - text)  # on a way from paper to text red says how far
    cells = [grey[round(k // 8 * place) :][:side, round(k % 8 * place) :][:, :side] for k in range(64)]
    small = [Image.fromarray(cell.astype(np.float32)).resize((8, 8), Image.Resampling.BOX) for cell in cells]
    return 2 * np.array(small) - 1


@pytest.mark.parametrize("name", ["digits", "digits_gan"])
def test_the_film_of_pictures_shows_the_64_of_each_frame(name):
    recording = shipped.load(name)
    film = gif.film_gif(recording)
    assert len(film) < 5e6
    found = frames(film)
    shown = thinned(recording.frames, 40)
    assert (len(found), found[0].shape) == (40, (388, 360, 3))
    for picture, frame in ((found[0], shown[0]), (found[-1], shown[-1])):
        made = np.clip(frame["fake"][:, 0], -1, 1)
        small = squares(picture)
        assert np.abs(small - made).mean() < 0.2  # enlarged smoothly, so edges differ
        alike = [[np.corrcoef(a.ravel(), b.ravel())[0, 1] for b in made] for a in small[:16]]
        if frame.step:  # at first they are all alike
            assert (np.argmax(alike, axis=1) == np.arange(16)).all()
    assert (found[0][: ink.STRIP] != found[-1][: ink.STRIP]).any()  # the iteration


@pytest.mark.parametrize("recording", [MOONS, shipped.load("digits")], ids=["points", "pictures"])
def test_the_frames_are_those_of_the_film(recording):
    with zipfile.ZipFile(io.BytesIO(gif.film_frames(recording, frames=5))) as archive:
        names = archive.namelist()
        pictures = [np.array(Image.open(archive.open(name)).convert("RGB")) for name in names]
        assert sum(info.file_size for info in archive.infolist()) < 1e6
    assert names == [f"iteration_{frame.step:06d}.png" for frame in thinned(recording.frames, 5)]
    for picture, frame in zip(pictures, frames(gif.film_gif(recording, frames=5)), strict=True):
        np.testing.assert_array_equal(picture, frame)


def test_few_frames_are_all_there():
    short = replace(MOONS, frames=MOONS.frames[:3])
    assert len(frames(gif.film_gif(short))) == 3
    assert len(frames(gif.film_gif(replace(MOONS, frames=MOONS.frames[:1])))) == 1


@pytest.mark.parametrize("point", [(0.0, 0.0), (1.0, 1.5), (-1.9, 0.5)])
def test_points_lie_where_they_are(point):
    flat = np.zeros((40, 40))
    for color, points in ((theme.TARGET, {"fake": [point]}), (theme.SOURCE, {"real": [point], "fake": [(9, 9)]})):
        rows, columns = np.nonzero(near(one(flat, **points), color))
        expected = (np.array([point[0], -point[1]]) / 2 + 1) / 2 * 359
        assert (columns.mean(), rows.mean()) == pytest.approx(expected, abs=1.2)


def test_the_surface_is_green_where_it_is_high_and_lines_are_level():
    side = np.linspace(-2, 2, 40)
    picture = one(np.tile(side[:, None], (1, 40)), fake=[(9, 9)])  # f = x2
    assert near(picture, ink.LOW)[-1].all()
    green = np.array(ink._rgb(theme.CRITIC))
    np.testing.assert_allclose(picture[0, 5], 255 + 0.75 * (green - 255), atol=2)
    # Steps of 0.5 cut a range of 4 into 8, so seven levels lie inside it.
    lines = near(picture, "#A9ADB5")
    assert (lines.all(axis=1) | ~lines.any(axis=1)).all()
    levels = 2 - np.nonzero(lines.all(axis=1))[0] / 359 * 4
    inside = levels[np.abs(levels) < 1.9]
    assert inside == pytest.approx([1.5, 1.0, 0.5, 0.0, -0.5, -1.0, -1.5], abs=0.03)


def test_a_flat_surface_and_frames_that_differ():
    assert one(np.full((40, 40), 3.0)).shape == (360, 360, 3)
    first, *_, last = frames(gif.film_gif(MOONS, frames=2))
    assert (first[: ink.STRIP] != last[: ink.STRIP]).any()  # the iteration is written above
