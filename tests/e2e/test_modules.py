"""The modules of static/ that know no page: imported into one, and asked there."""

import base64

import numpy as np
import pytest

from wgan_demo.distances import duality
from wgan_demo.gan import shipped
from wgan_demo.plots import sweep
from wgan_demo.plots.message import encode
from wgan_demo.plots.stage import Run, pack

UNPACK = """({ decode }, { text, shift }) => {
  const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const bytes = new Uint8Array(raw.length + shift).subarray(shift) // as a part of something larger
  bytes.set(raw)
  const { header, groups } = decode(bytes)
  const plain = ({ array, shape }) => ({ type: array.constructor.name, values: Array.from(array), shape })
  return { header, groups: groups.map((group) => Object.entries(group).map(([name, it]) => [name, plain(it)])) }
}"""

ARRAYS = {"u1": "Uint8Array", "u2": "Uint16Array", "i4": "Int32Array", "f4": "Float32Array", "f8": "Float64Array"}


@pytest.mark.parametrize("shift", [0, 1, 4])
def test_what_python_packs_javascript_unpacks(call, shift):
    rng = np.random.default_rng(0)
    shapes = [(), (1,), (3,), (0,), (2, 0, 3), (5, 3), (2, 3, 4)]
    groups = [
        {f"{kind}_{i}": (1000 * rng.standard_normal(shape)).astype(kind) for i, shape in enumerate(shapes)}
        for kind in ("f4", "f8", "i4")
    ]
    groups += [{}, {kind: rng.integers(0, 2 ** (8 * int(kind[1])), (7, 3)).astype(kind) for kind in ("u1", "u2")}]
    header = {"film": "ℓ “é” 🌍", "at": None, "runs": [{"kind": "plane"}]}
    text = base64.b64encode(encode(header, groups)).decode()
    found = call("message.js", UNPACK, {"text": text, "shift": shift})
    assert {name: found["header"][name] for name in header} == header
    assert len(found["groups"]) == len(groups)
    for got, group in zip(found["groups"], groups, strict=True):
        assert [name for name, _ in got] == list(group)
        for (_, array), sent in zip(got, group.values(), strict=True):
            assert array["type"] == ARRAYS[f"{sent.dtype.kind}{sent.dtype.itemsize}"]
            assert array["shape"] == list(sent.shape)
            np.testing.assert_array_equal(array["values"], sent.ravel())


FILMS = """async ({ films }, text) => {
  const { unit, runs } = films(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)))
  const plain = ({ array, shape, whole }) => ({ values: Array.from(array), shape, whole })
  const each = (blocks) => Object.fromEntries(Object.entries(blocks).map(([name, it]) => [name, plain(it)]))
  const told = ({ fixed, frames, ...run }) =>
    ({ ...run, fixed: each(fixed), frames: frames.map(({ time, ...blocks }) => ({ time, blocks: each(blocks) })) })
  return { unit, runs: runs.map(told) }
}"""


@pytest.mark.parametrize("names", [("eight_gaussians",), ("three_bumps", "turning")])
def test_the_films_of_runs_arrive_frame_by_frame(call, names):
    recordings = [shipped.load(name) for name in names]
    message = pack(
        {}, [(Run(one, name), one.frames[:3]) for one, name in zip(recordings, names, strict=True)], "seconds"
    )
    found = call("stage/film.js", FILMS, base64.b64encode(message).decode())
    assert found["unit"] == "s"
    for run, recording, name in zip(found["runs"], recordings, names, strict=True):
        assert (run["kind"], run["name"], len(run["times"])) == (recording.space.kind, name, 3)
        sent = [
            recording.view.fixed(recording),
            *(recording.view.pack(recording, frame) for frame in recording.frames[:3]),
        ]
        assert [frame["time"] for frame in run["frames"]] == run["times"]
        for blocks, arrays in zip([run["fixed"], *(frame["blocks"] for frame in run["frames"])], sent, strict=True):
            assert set(blocks) == set(arrays)
            for block, array in ((blocks[name], array) for name, array in arrays.items()):
                assert (block["shape"], block["whole"]) == (list(array.shape), 65535 if array.dtype == "u2" else 1)
                np.testing.assert_array_equal(block["values"], array.ravel())


CLOCK = """(clock, { runs, unit, scale, at }) => {
  const time = clock.clockOf(runs.map((times) => ({ times })), unit, scale)
  const { before, nearest, ...of } = clock
  return { ...time, at: at.map((t) => ({ before: before(time.times, t), nearest: nearest(time.times, t),
    snap: of.snap(time, t), reached: of.reached(time, t), amount: of.amount(time, t), naming: of.naming(time, t) })) }
}"""


def test_the_clock_of_two_runs_knows_the_frames_of_both(call):
    at = [-5, 0, 24.9, 25, 30, 37.5, 45, 50, 1e9]
    found = call("stage/clock.js", CLOCK, {"runs": [[0, 25, 50], [0, 40, 50]], "unit": "", "scale": 1, "at": at})
    times = np.array([0, 25, 40, 50])
    assert (found["times"], found["begin"], found["end"], found["span"]) == (times.tolist(), 0, 50, 50)
    for t, there in zip(at, found["at"], strict=True):
        before = max(0, np.searchsorted(times, t, "right") - 1)
        assert there["before"] == before
        assert there["snap"] == times[there["nearest"]]
        assert abs(there["snap"] - t) == np.abs(times - t).min()
        assert there["reached"] == (times[times >= t][0] if t <= 50 else 50)
    assert found["at"][-1]["naming"] == "iteration 1,000,000,000"


def test_the_clock_writes_as_many_digits_as_tell_two_frames_apart(call):
    runs = [[2_000_000, 2_250_000, 2_500_000]]
    found = call("stage/clock.js", CLOCK, {"runs": runs, "unit": "s", "scale": 1e6, "at": [2_250_000]})
    assert (found["begin"], found["span"]) == (2_000_000, 500_000)
    assert (found["at"][0]["amount"], found["at"][0]["naming"]) == ("2.25 s", "2.25 s")
    single = call("stage/clock.js", CLOCK, {"runs": [[7]], "unit": "", "scale": 1, "at": [9]})
    assert (single["span"], single["at"][0]["snap"]) == (1, 7)


PLAYED = """async ({ START, lookedAt, transport }, { film, events }) => {
  const { clockOf } = await import(new URL("app/static/stage/clock.js", document.baseURI).href)
  const clock = clockOf([{ times: [0, 25, 50, 75, 100] }])
  const states = [transport(START, { type: "film", clock, at: 0, playing: false, ...film })]
  for (const event of events) {
    const before = Object.freeze(states.at(-1))
    states.push(transport(before, event.type === "frames" ? { ...event, clock: clockOf([event]) } : event))
  }
  return states.map(({ clock, ...state }) => ({ ...state, lookedAt: lookedAt(state) }))
}"""


@pytest.fixture
def played(call):
    """played({"at": 25}, event, ...): what the bar shows of a film of frames at 0, 25, ... 100 after each event."""

    def run(film: dict, *events: dict) -> list[dict]:
        return call("stage/transport.js", PLAYED, {"film": film, "events": events})

    return run


TOGGLE = {"type": "toggle"}


def tick(ms: float, **event) -> dict:
    return {"type": "tick", "ms": ms, "calm": False} | event


def test_a_film_plays_at_its_pace_rests_and_begins_again(played):
    states = played({}, TOGGLE, tick(110), {"type": "speed", "speed": 2}, tick(55), tick(1e4), tick(1000), tick(1000))
    assert [state["playing"] for state in states] == [False] + 7 * [True]
    assert [state["position"] for state in states] == pytest.approx([0, 0, 25, 25, 50, 100, 100, 0])
    assert [state["lookedAt"] for state in states] == [0] + 7 * [None]
    assert all(state["position"] == state["target"] for state in states)


def test_without_the_loop_it_stands_at_its_end_and_plays_again_from_the_beginning(played):
    states = played({"at": 75, "playing": True}, {"type": "loop"}, tick(1e4), tick(16), tick(5000), TOGGLE)
    assert [state["loop"] for state in states] == [True] + 5 * [False]
    assert [state["position"] for state in states] == [75, 75, 100, 100, 100, 0]
    assert [state["lookedAt"] for state in states] == [None, None, None, 100, 100, None]


def test_a_paused_film_stands_at_its_nearest_frame(played):
    *_, paused, standing = played({"playing": True}, tick(160), TOGGLE, tick(1e4))
    assert (paused["playing"], paused["target"]) == (False, 25)
    assert paused["position"] == pytest.approx(25 * 160 / 110)
    assert standing["position"] == 25


def test_a_scrubbed_film_follows_the_finger_and_snaps_when_it_is_let_go(played):
    scrub = {"type": "scrub", "at": 60}
    states = played({"playing": True}, tick(16), scrub, tick(30), tick(1e4), {"type": "release", "at": 60}, tick(1e4))
    scrubbed, eased, there, released, snapped = states[2:]
    assert (scrubbed["held"], scrubbed["playing"], scrubbed["target"]) == (True, False, 60)
    assert scrubbed["position"] < eased["position"] < 60 == there["position"]
    assert (released["held"], released["target"], snapped["position"]) == (False, 50, 50)
    again = played({"at": 25}, {"type": "release", "at": 60})[-1]
    assert again["target"] == 25  # it was not held


@pytest.mark.parametrize("ms", [0, 55, 330, 500, 2200, 2300, 5000])
@pytest.mark.parametrize("loop", [True, False])
def test_a_film_that_is_led_is_where_the_other_one_has_come_to_meanwhile(played, ms, loop):
    own = {"at": 25, "playing": True}
    loops = [] if loop else [{"type": "loop"}]
    other = played(own, {"type": "speed", "speed": 2}, *loops, *[tick(5)] * (ms // 5))[-1]
    led = played({"at": 75}, {"type": "led", **own, "speed": 2, "loop": loop, "ms": ms})[-1]
    assert (led["playing"], led["loop"], led["speed"]) == (other["playing"], loop, 2)
    assert led["position"] == pytest.approx(other["position"], abs=8)  # a tick is 2.3 and ends at the film's end
    stands = played({"playing": True}, {"type": "led", "at": 60, "playing": False, "speed": 1, "loop": True, "ms": ms})
    assert (stands[-1]["playing"], stands[-1]["lookedAt"]) == (False, 50)


def test_a_calm_film_is_where_it_goes_at_once(played):
    assert played({}, {"type": "jump", "at": 30}, tick(1, calm=True))[-1]["position"] == 50


def test_frames_on_and_back_end_at_the_ends(played):
    nudges = [{"type": "nudge", "by": by} for by in (1, 1, -1, -1, -1)]
    assert [state["target"] for state in played({}, *nudges)] == [0, 25, 50, 25, 0, 0]
    assert played({"at": 100}, nudges[0])[-1]["target"] == 100
    playing = played({"playing": True}, tick(110), nudges[0])[-1]
    assert (playing["playing"], playing["target"]) == (False, 50)


def test_a_jump_goes_where_an_event_is_first_seen(played):
    for at, frame in ((0, 0), (1, 25), (25, 25), (80, 100), (1000, 100)):
        assert played({"at": 50, "playing": True}, {"type": "jump", "at": at})[-1]["target"] == frame


def test_a_film_that_gets_other_frames_stays_where_it_is_and_a_live_run_goes_to_its_newest(played):
    same = played({"at": 75}, {"type": "frames", "times": [0, 100, 200]}, {"type": "frames", "times": [0, 50]})
    assert [state["position"] for state in same] == [75, 75, 50]
    playing = played({"playing": True}, tick(110), {"type": "frames", "times": [0, 100, 200]}, tick(110))
    assert [state["position"] for state in playing] == pytest.approx([0, 25, 25, 125])
    live = played({"at": 25, "playing": True}, {"type": "film", "clock": {}, "at": 125, "playing": False})[-1]
    assert (live["position"], live["target"], live["playing"]) == (125, 125, False)


def crossings(values: np.ndarray, level: float) -> np.ndarray:
    """Where the edges of the grid, as straight lines, pass a level: (n, 2) in x, y, once for each cell of an edge."""
    found = []
    for axis in (0, 1):
        grid = np.moveaxis(values, axis, 0)
        i, j = np.nonzero((grid[:-1] < level) != (grid[1:] < level))
        along = i + (level - grid[i, j]) / (grid[i + 1, j] - grid[i, j])
        points = np.stack([j, along] if axis == 0 else [along, j], axis=1)
        found += [points, points[(j > 0) & (j < len(values) - 1)]]
    return np.concatenate(found)


FIELDS = {
    "planes": lambda x, y: 2 * x - y,
    "circles": np.hypot,
    "a saddle": lambda x, y: x * y,
    "waves": lambda x, y: np.sin(2 * x) + np.cos(3 * y),
}


@pytest.mark.parametrize("name", FIELDS)
def test_contours_pass_each_edge_where_its_level_is(call, name):
    side, step = 23, 0.25
    places = np.linspace(-1.5, 1.5, side)
    values = FIELDS[name](*np.meshgrid(places, places)) + 0.0123  # no level is a corner's very value
    found = call(
        "stage/contours.js",
        "({ contours }, { values, side, step }) => contours(values, side, step)",
        {"values": values.ravel().tolist(), "side": side, "step": step},
    )
    segments = np.array(found)
    assert len(segments) > 50
    for level in np.arange(np.ceil(values.min() / step), np.ceil(values.max() / step)) * step:
        ours = segments[np.isclose(segments[:, 0], level)][:, 1:].reshape(-1, 2)
        order = lambda points: points[np.lexsort(points.round(6).T)]  # noqa: E731
        np.testing.assert_allclose(order(ours), order(crossings(values, level)), atol=1e-9)
    lengths = np.abs(segments[:, 1:3] - segments[:, 3:5])
    assert lengths.max() <= 1 + 1e-9  # each within its cell


def test_contours_of_circles_are_as_long_as_circles(call):
    side = 41
    places = np.linspace(-2, 2, side)
    values = np.hypot(*np.meshgrid(places, places))
    found = call(
        "stage/contours.js",
        "({ contours }, { values, side }) => contours(values, side, 0.5)",
        {"values": values.ravel().tolist(), "side": side},
    )
    segments = np.array(found)
    for radius in (0.5, 1, 1.5):
        _, *ends = segments[np.isclose(segments[:, 0], radius)].T
        x1, y1, x2, y2 = np.array(ends) * (places[1] - places[0]) - 2
        np.testing.assert_allclose(np.hypot([x1, x2], [y1, y2]), radius, atol=2e-3 / radius)
        assert np.hypot(x2 - x1, y2 - y1).sum() == pytest.approx(2 * np.pi * radius, rel=4e-3)
    assert len(call("stage/contours.js", "({ contours }) => contours(new Array(9).fill(1), 3, 1)")) == 0


SCALES = """({ roundStep, roundUp, labels }, { ranges, values, extents }) =>
  ({ steps: ranges.map((range) => roundStep(range, 10)), ups: values.map(roundUp), labels: extents.map(labels) })"""


def test_numbers_on_axes_are_round(call):
    found = call(
        "stage/scales.js",
        SCALES,
        {"ranges": [1, 9.9, 12, 33, 0], "values": [0.3, 2, 2.1, 70, -1], "extents": [2.2, 6, 0.5]},
    )
    assert found["steps"] == pytest.approx([0.1, 1, 2, 5, 1])
    assert found["ups"] == pytest.approx([0.5, 2, 5, 100, 1])
    assert found["labels"] == [[-2, -1, 0, 1, 2], [-6, -4, -2, 0, 2, 4, 6], [0]]


TOY = """async ({ RENDERERS }, text) => {
  const { default: show } = await import(new URL("app/static/stage/stage.js", document.baseURI).href)
  const seen = { under: [], over: [] }
  const note = (canvas, scene) => seen[canvas].push([scene.frame.time, scene.points.dots[0], scene.run.word])
  RENDERERS.toy = {
    glides: ["dots"],
    legend: ({ look }) => [{ layer: "dots", html: look.shows("dots") ? "dots" : "no dots" }],
    under: (context, scene) => note("under", scene),
    over: (context, scene) => note("over", scene),
  }
  const parentElement = document.body.appendChild(document.createElement("div"))
  const sent = []
  const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const leave = show({ data, key: "toy", parentElement, setStateValue: (name, value) => sent.push([name, value]) })
  const legend = parentElement.querySelector(".legend button")
  const words = [legend.textContent]
  parentElement.querySelector("[aria-label='One frame back']").click()
  const step = parentElement.querySelector(".step")
  while (!sent.length || seen.over.at(-1)[1]) await new Promise(requestAnimationFrame)
  legend.click()
  words.push(legend.textContent)
  leave()
  delete RENDERERS.toy
  return { words, step: step.textContent, sent, under: seen.under[0], over: seen.over.at(-1) }
}"""


def test_a_page_can_draw_a_kind_of_space_of_its_own(call):
    """The stage and its bar know none: a renderer in the registry is all it takes."""
    run = {"kind": "toy", "name": "", "times": [0, 10], "fixed": [], "alt": "dots", "word": "known to its renderer"}
    header = {
        "film": "f", "live": False, "play": False, "start": None, "height": 300, "layers": ["dots"], "events": [],
        "colors": {"real": "#111111", "fake": "#222222", "critic": "#333333"}, "unit": "", "scale": 1, "runs": [run],
    }  # fmt: skip
    message = encode(header, [{"dots": np.array([[0, 51], [255, 102]], "u1")}])
    found = call("stage/renderers.js", TOY, base64.b64encode(message).decode())
    assert found["words"] == ["dots", "+ no dots"]
    assert found["step"] == "iteration 0"
    assert found["sent"] == [["shown", {"film": "f", "at": 0}], ["layers", []]]
    assert found["under"] == [10, 1, "known to its renderer"]
    assert found["over"] == [0, 0, "known to its renderer"]


SWEPT = """async ({ default: show }, { before, after }) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const sent = [], leave = new Map()
  const places = ["curves", "bins"].map(() => document.body.appendChild(document.createElement("div")))
  const answer = (texts) => texts.forEach((text, i) => leave.set(i,
    show({ data: bytes(text), key: `${i}`, parentElement: places[i], setStateValue: (_, news) => sent.push(news) })))
  const told = () => places.map((place) => place.querySelector("dd").textContent)
  answer(before)
  const slider = places[1].querySelector("input")
  slider.value = 0
  slider.dispatchEvent(new Event("input"))
  while (!sent.length) await new Promise(requestAnimationFrame)
  const found = [told()]
  for (const texts of [before, after]) (answer(texts), found.push(told()))
  leave.forEach((end) => end())
  places.forEach((place) => place.remove())
  return [sent.map(([place]) => place), ...found]
}"""


def test_an_answer_that_is_older_than_the_hand_moves_neither_what_it_holds_nor_what_follows(call):
    def answers(at: int, heard: float | None) -> list[str]:
        panel = {"title": "", "height": 100, "x": sweep.axis(0, 1), "y": sweep.axis(0, 1), "lines": []}
        made = sweep.pack([panel], list("abc"), alt="", label="place", numbers=[("is", list("abc"))])
        now = {"at": at, "heard": heard, "words": {}}
        pieces = ({"key": "curves", "follow": []}, {"key": "bins", "follow": ["curves"]})
        return [base64.b64encode(sweep.message(made, now | piece)).decode() for piece in pieces]

    found = call("sweep/sweep.js", SWEPT, {"before": answers(2, None), "after": answers(1, 1e15)})
    assert found == [[0], ["a", "a"], ["a", "a"], ["b", "b"]]


CARRIED = """({ begin, text, parse, cost, ...moves }, { plan, moved, problem }) => {
  const states = [begin(parse(plan))]
  for (const [name, ...given] of moved) {
    const values = given.map((value) => (typeof value === "string" ? parse(value) : value))
    const before = Object.freeze(states.at(-1))
    Object.freeze(before.placed)
    states.push(moves[name](before, ...values))
  }
  return states.map(({ placed, moves, past }) => [text(placed), moves, past.length, cost(problem, placed)])
}"""


def test_boxes_are_put_swapped_taken_back_and_every_move_undone(call):
    problem = {"boxes": [0, 1, 3], "slots": [2, 4, 7], "p": 2}
    moved = [
        ["put", 0, 1], ["put", 1, 1], ["put", 2, 0], ["put", 2, 1], ["put", 1, None], ["undo"], ["take", "CBA"],
        ["clear", True], ["put", 0, 0], ["clear", False], ["reach", "AB-"], ["reach", "ABC"], ["undo"], ["undo"],
    ]  # fmt: skip
    found = call("board/plan.js", CARRIED, {"plan": "---", "moved": moved, "problem": problem})
    assert found == [
        ["---", 0, 0, 0],
        ["B--", 1, 1, 16],
        ["-B-", 2, 2, 9],  # the box that was there goes where this one was: on its pile
        ["-BA", 3, 3, 10],
        ["-AB", 4, 4, 2],
        ["--B", 5, 5, 1],
        ["-AB", 4, 4, 2],
        ["CBA", 5, 5, 59],
        ["---", 0, 6, 0],
        ["A--", 1, 7, 4],
        ["---", None, 8, 0],  # a play
        ["AB-", None, 8, 13],
        ["ABC", None, 8, 29],
        ["A--", 1, 7, 4],  # back behind all of it
        ["---", 0, 6, 0],
    ]
    half = call("board/plan.js", CARRIED, {"plan": "A--", "moved": [["put", 1, 1]], "problem": problem | {"p": 1}})
    assert [moves for _, moves, *_ in half] == [None, None]  # what came before is not known


BENT = """({ pull, steepest, tame, value, windowOf }, { f, k, v, p, q }) => [
  pull(f, k, v), steepest(f), tame(f), value({ p, q }, f), windowOf(f, false), windowOf(f, true),
]"""


@pytest.mark.parametrize("seed", range(4))
def test_the_hand_bends_f_as_python_would(call, seed):
    rng = np.random.default_rng(seed)
    f = 10 * rng.integers(-300, 300, 9)
    p, q = rng.dirichlet(np.ones(9), 2)
    tame = np.rint(100 * duality.tame(f / 100))
    bent = np.rint(100 * duality.pull(tame / 100, 4, 2.5))
    values = {"f": f.tolist(), "k": 4, "v": 250, "p": p.tolist(), "q": q.tolist()}
    _, steepest, tamed, value, loose, clamped = call("critic/heights.js", BENT, values)
    assert tamed == tame.tolist()
    assert call("critic/heights.js", BENT, values | {"f": tamed})[0] == bent.tolist()
    assert steepest == pytest.approx(100 * duality.greatest_slope(f / 100))
    assert value == pytest.approx(duality.value(f / 100, p, q))
    assert (clamped, loose % 600) == (600, 0)
    assert loose >= np.abs(f).max()
