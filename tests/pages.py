"""A lesson run through the app as a visitor meets it, and what stands on it."""

import json
import re

from streamlit.testing.v1 import AppTest

from tests.messages import decode

SHOWN = {f"tr_guess_{modes}": "Just show me" for modes in (0, 3, 8, 25)}  # of Training: what its recordings hold


def open_lesson(page: str, **link) -> AppTest:
    """The page of this name in pages/, with these parameters in its link."""
    app = AppTest.from_file("../course.py", default_timeout=60)
    app.run().switch_page(f"pages/{page}.py")
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


def text(app: AppTest) -> str:
    return plain(" ".join(element.value for element in app.markdown))


def plain(text: str) -> str:
    """Markdown without the links of words to the glossary."""
    return re.sub(r"\[((?:[^][]|\[[^][]*\])*)\]\(#word-[a-z0-9-]+\)", r"\1", text)


def components(app: AppTest) -> list:
    """Those of the page itself, without those of every page."""
    return [
        c
        for c in app.get("bidi_component")
        if not c.proto.component_name.endswith((".tour", ".words", ".visit", ".room", ".beat"))
    ]


def component(app: AppTest, key: str) -> dict:
    """What the component of this key was given, if it is JSON."""
    return next(data for data in given(app) if data.get("key") == key)


def given(app: AppTest) -> list[dict]:
    """What all components that take JSON were given."""
    return [json.loads(element.proto.json) for element in components(app) if element.proto.json]


def messages(app: AppTest) -> dict[str, tuple[dict, list[dict]]]:
    """Header and arrays of all components that take bytes, by their keys."""
    sent = [decode(element.proto.bytes) for element in components(app) if element.proto.bytes]
    return {header["key"]: (header, groups) for header, groups in sent}


def distances_of(app: AppTest) -> list[str]:
    """The numbers of Distances under the hand that moves Q."""
    header, _ = messages(app)["d_shift"]
    return list(header["exact"].values())


def reading_of(app: AppTest, label: str, key: str = "tr_numbers") -> str:
    """The value of the number whose name begins so, of a run."""
    readings = component(app, key)["readings"]
    return next(value for name, value, _ in readings if plain(name).startswith(label))


def formulas(app: AppTest) -> str:
    """Those of the code panel, which loads when it is opened."""
    app.session_state["code_that_ran"] = True
    app.run()
    return " ".join(element.value for element in app.latex)


def complaints(app: AppTest) -> list[str]:
    return [element.value for element in [*app.error, *app.warning]]
