"""A lesson run through the app as a visitor meets it, and what stands on it."""

from streamlit.testing.v1 import AppTest


def open_lesson(page: str, **link) -> AppTest:
    """The page of this name in pages/, with these parameters in its link."""
    app = AppTest.from_file("../app.py", default_timeout=60)
    app.run().switch_page(f"pages/{page}.py")
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


def text(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


def formulas(app: AppTest) -> str:
    """Those of the code panel, which loads when it is opened."""
    app.session_state["code_that_ran"] = True
    app.run()
    return " ".join(element.value for element in app.latex)


def complaints(app: AppTest) -> list[str]:
    return [element.value for element in [*app.error, *app.warning]]
