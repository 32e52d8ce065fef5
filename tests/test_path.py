"""The drawings of the lessons: one for each, in the colours that mean the same everywhere."""

import re

import pytest

from wgan_demo.plots import theme
from wgan_demo.ui.components.assets import STATIC
from wgan_demo.ui.course import COURSE

FOLDER = STATIC / "path"


def test_each_lesson_has_a_drawing_and_each_drawing_a_lesson():
    assert {file.stem for file in FOLDER.iterdir()} == {lesson.page for lesson in COURSE}


@pytest.mark.parametrize("lesson", COURSE, ids=lambda lesson: lesson.page)
def test_a_drawing_has_the_theme_s_colours_which_read_on_light_and_dark(lesson):
    colors = set(re.findall(r"#[0-9A-Fa-f]{6}", (FOLDER / f"{lesson.page}.svg").read_text()))
    assert colors <= {theme.SOURCE, theme.TARGET, theme.CRITIC, theme.NEUTRAL}
