"""The address: read once, written by one module alone, and nothing senseless is taken from it."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]


def page():
    import streamlit as st

    from wgan_demo.ui import link

    value = link.linked("n", int, 7, "No whole number.")
    st.write(f"{value} {link.holds('n')}")
    st.button("again")
    link.put("n", st.session_state.get("wanted", link.text("n")))


def opened(**values) -> AppTest:
    at = AppTest.from_function(page)
    at.query_params.update(values)
    return at.run()


def test_a_value_is_read_once_and_then_follows_the_hand():
    at = opened(n="3")
    assert at.markdown[0].value == "3 True"
    at.run()
    assert at.markdown[0].value == "7 True"
    at.session_state["wanted"] = "12"
    at.run()
    assert at.query_params["n"] in ("12", ["12"])
    at.session_state["wanted"] = None
    at.run()
    assert "n" not in at.query_params


def test_without_one_and_with_a_senseless_one_the_first_value_stays():
    assert opened().markdown[0].value == "7 False"
    at = opened(n="many")
    assert at.markdown[0].value == "7 True"
    assert at.warning[0].value.startswith("No whole number. invalid literal")
    assert not at.run().warning


def test_one_module_alone_knows_the_address():
    sources = [*(ROOT / "pages").glob("*.py"), *(ROOT / "wgan_demo").rglob("*.py")]
    found = {path.name for path in sources if re.search("query.params", path.read_text())}
    assert found == {"link.py"}


def test_every_guess_is_asked_in_one_place():
    sources = [*(ROOT / "pages").glob("*.py"), *(ROOT / "wgan_demo/ui").rglob("*.py")]
    assert {path.name for path in sources if "my guess" in path.read_text()} == {"lesson.py"}
