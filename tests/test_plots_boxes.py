"""The drawings of the moving boxes: what stands in them is what was computed."""

from base64 import b64decode
from xml.etree import ElementTree

import numpy as np
import pytest

from wgan_demo.distances.assignment import PRESETS, Crossing, best_crossing
from wgan_demo.plots.boxes import crossing_figure
from wgan_demo.ui.boxes.plan_picture import plan_picture, table


def drawing(image: str) -> ElementTree.Element:
    return ElementTree.fromstring(b64decode(image.partition("base64,")[2].partition('"')[0]))


@pytest.mark.parametrize("p", [0.5, 1, 2])
@pytest.mark.parametrize("crossing", [best_crossing(PRESETS["Six boxes"]), Crossing((0, 1), (1, 1), (2, 0))])
def test_the_middles_of_the_chords_are_half_of_what_the_ways_cost(crossing, p):
    curve, *ways = crossing_figure(crossing, p, unit="box-steps").data
    assert curve.y == pytest.approx(np.asarray(curve.x) ** p, abs=1e-5)
    assert ways[0].x[1] == ways[1].x[1] == sum(crossing.in_order) / 2
    assert [2 * way.y[1] for way in ways] == pytest.approx(crossing.costs(p))


def test_a_picture_has_a_link_for_each_box_that_is_carried():
    image = plan_picture((0, 0, 3), (1, 20), (None, 0, None), alt='1 < 2 & "so"', thick=[1])
    assert 'alt="1 &lt; 2 &amp; &quot;so&quot;"' in image
    svg = drawing(image)
    widths = [path.get("stroke-width") for path in svg.findall("{*}path")]
    assert widths == [None, None, "4"]  # the two lines, and one thick link
    assert [mark.text for mark in svg.findall("{*}text")] == ["0", "1", "3", "20", "✕", "2", "✕", "A", "+"]
    assert len(svg.findall("{*}rect")) == 5


def test_a_picture_of_one_place_and_of_twelve_boxes_stays_in_its_frame():
    for boxes, slots in [((5,), (5,)), ((0,) * 12, (20,) * 12), (tuple(range(12)), tuple(range(9, 21)))]:
        svg = drawing(plan_picture(boxes, slots, tuple(range(len(boxes))), alt="all"))
        width, height = map(float, svg.get("viewBox").split()[2:])
        for box in svg.findall("{*}rect"):
            x, y, w, h = (float(box.get(name)) for name in ("x", "y", "width", "height"))
            assert 0 <= x <= x + w <= width
            assert 0 <= y <= y + h <= height


def test_a_table_shows_its_counts_and_frames_what_is_marked():
    html = table(["1", "2"], ["7"], np.array([[3], [0]]), caption="counts", marked=np.array([[True], [False]]))
    cells = ElementTree.fromstring(html[html.index("<table") : html.index("</div>")]).findall(".//td")
    assert [cell.text for cell in cells] == ["3", "0"]
    assert ["solid" in cell.get("style") for cell in cells] == [True, False]
