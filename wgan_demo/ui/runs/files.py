"""Take it away: a run as files, and a run that goes on from its file."""

import streamlit as st

from wgan_demo.datasets import DATASETS
from wgan_demo.engine.jobs import check_length
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.export import tables
from wgan_demo.gan.export.notebook import notebook
from wgan_demo.gan.export.script import script
from wgan_demo.gan.runs import checkpoint, layout
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.table_source import literal

MAX_MB = 5  # of a file that is uploaded
LONGEST = 80  # characters of a data set's name: a user's columns may be called anything


@st.fragment
def files_panel(run: TabRun, recording: Recording, job_id: str | None, of: str = "") -> None:
    """Download buttons for a run, and a place to put a checkpoint back; each file is made when its button is pressed.

    With a job the files are those of its newest iteration, not of the `recording` at hand; without one the recording is
    finished, and has everything but weights. A checkpoint that is put back takes the place of the tab's run.
    """
    with st.expander(f"Take {of or 'it'} away", icon=":material/download:", key=run.key("files")):
        st.caption(
            "The script and the notebook hold all settings and changes of this run and repeat it: on the same machine "
            "in every bit, elsewhere until rounding has grown."
        )
        _downloads(run, _Files(recording, job_id))
        _upload(run, recording.config)


class _Files:
    """What is in the files, when they are asked for."""

    def __init__(self, recording: Recording, job_id: str | None):
        self.at_hand, self.job_id = recording, job_id

    @property
    def recording(self) -> Recording:
        return (self.job_id and pool().recording(self.job_id)) or self.at_hand

    @property
    def points(self):
        """The table a run draws from; a recording has only a sample of it."""
        return checkpoint.load(self.weights()).state.data.points if self.at_hand.config.columns else None

    def script(self) -> str:
        return script(self.recording, self.points)

    def notebook(self) -> str:
        return notebook(self.recording, self.points)

    def table(self) -> str:
        return tables.points_csv(self.points, self.at_hand.axes)

    def records(self) -> str:
        return tables.records_csv(self.recording)

    def evaluations(self) -> str:
        return tables.evaluations_csv(self.recording)

    def samples(self) -> str:
        return tables.samples_csv(self.recording)

    def film(self) -> bytes:
        return self._drawn("film_gif")

    def frames(self) -> bytes:
        return self._drawn("film_frames")

    def _drawn(self, how: str) -> bytes:
        recording = self.recording
        steps = [frame.step for frame in recording.frames]
        return _film(f"{self.job_id} {recording.config} {recording.changes} {steps}", how, recording)

    def weights(self) -> bytes:
        content = self.job_id and pool().checkpoint(self.job_id)
        if not content:
            raise ValueError("This run has ended, and its weights with it.")
        return content


@st.cache_data(max_entries=16, show_spinner=False)
def _film(name: str, how: str, _recording: Recording) -> bytes:
    """A recording as one of the functions of plots/film/gif.py draws it, kept under a name that says which it is."""
    from wgan_demo.plots.film import gif

    return getattr(gif, how)(_recording)


def _downloads(run: TabRun, files: _Files) -> None:
    config, own = files.at_hand.config, files.job_id is not None
    rows = (
        ("Python script", "code", "script", ".py", "text/x-python", "needs PyTorch and NumPy, and POT for the EMD"),
        ("Notebook", "menu_book", "notebook", ".ipynb", "application/x-ipynb+json", "the same for Jupyter"),
        ("Rows of the table", "table", "table", "_points.csv", "text/csv", "what the script of a long table reads"),
        ("Every iteration", "table_rows", "records", "_iterations.csv", "text/csv", "CSV: losses, gap, norms"),
        ("Evaluations", "table_rows", "evaluations", "_evaluations.csv", "text/csv", "CSV: EMD, modes"),
        ("Samples", "scatter_plot", "samples", "_samples.csv", "text/csv", "CSV: the newest generated points"),
        ("Film", "movie", "film", ".gif", "image/gif", "GIF of at most 40 frames"),
        ("Frames", "burst_mode", "frames", "_frames.zip", "application/zip", "the same frames as PNGs, in a ZIP"),
        ("Weights", "save", "weights", ".safetensors", "application/octet-stream", "and all that is needed to go on"),
    )
    with st.container(horizontal=True, key=run.key("downloads")):
        for label, icon, what, end, mime, note in rows:
            if what == "table" and not config.columns:
                continue
            st.download_button(
                label, getattr(files, what), tables.file_name(files.at_hand) + end, mime, key=run.key(f"get_{what}"),
                icon=f":material/{icon}:", help=note, on_click="ignore",
                disabled=not own and (what == "weights" or config.columns),
            )  # fmt: skip
    if not own:
        st.caption("This is a recording, which has no weights: press **Start** and take those of your own run.")
    elif (megabytes := layout.size(config) / 2**20) > MAX_MB:
        st.caption(
            f"The weights of networks this wide take {megabytes:.0f} MB: PyTorch reads them, but here only files up to "
            f"{MAX_MB} MB can be put back."
        )


def _learns(config: TrainConfig) -> str:
    """The kind of data of a run: a page shows runs on one of them."""
    if config.space.kind != "images":
        return "points"
    return "pictures of one’s own" if config.columns else "pictures"


def _upload(run: TabRun, here: TrainConfig) -> None:
    file = st.file_uploader(
        f"Go on from weights that were taken away (a .safetensors file of this page, at most {MAX_MB} MB)",
        "safetensors",
        key=run.key("checkpoint"),
        max_upload_size=MAX_MB,
    )
    if file is None:
        return
    content = file.getvalue()
    try:
        config, changes, state = checkpoint.load(content)
        check_length(config, changes)
        if _learns(config) != _learns(here):
            raise ValueError(f"This is a run on {_learns(config)}, and here runs learn {_learns(here)}.")
    except ValueError as error:
        st.error(literal(str(error)))
        return
    data = literal((state.data.label if config.columns else DATASETS[config.dataset].label)[:LONGEST])
    st.markdown(f"A run on {data}, seed {config.seed}, that stands at iteration {state.steps:,}.")
    if st.button("Go on from here", icon=":material/restore:", help="It takes the place of the run above."):
        run.take_over()
        run.begin(RunSpec(config, state.data, checkpoint=content))
        st.rerun()
