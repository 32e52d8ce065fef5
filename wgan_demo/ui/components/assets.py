"""One way to put a component's JavaScript on a page: a file under static/, fetched once and cached by the browser."""

from hashlib import sha256
from pathlib import Path

import streamlit as st

STATIC = Path(__file__).parents[3] / "static"

# A component's inline code travels with every message, so it only loads modules and calls the first of them in order.
# It asks for all of a folder at once: a module asks for those that it imports only when it has come itself.
_LOADER = """
const load = (file) => import(new URL(`app/static/${{file}}.js?v={version}`, document.baseURI).href)
const [loaded] = "{files}".split(" ").map(load)
const cleanups = new WeakMap()
const newest = new WeakMap() // what each place on the page should show; nothing once it has left the page
export default function (component) {{
  const root = component.parentElement
  newest.set(root, component)
  loaded.then((module) => {{
    if (newest.get(root) === component) cleanups.set(root, module.default(component))
  }})
  return () => {{ newest.delete(root); cleanups.get(root)?.() }}
}}
"""


def static_url(path: str) -> str:
    """The address of a file under static/, relative to the app's root; it changes when the file does."""
    return f"app/static/{path}?v={_version(path)}"


def _version(pattern: str) -> str:
    contents = b"".join(file.read_bytes() for file in sorted(STATIC.glob(pattern)))
    return sha256(contents).hexdigest()[:12]


# Modules import each other, and JSON, under their own address's version, so all have the same: a browser fetches each
# of them once and never mixes those of two versions.
_MODULES = _version("**/*.js*")


def component(path: str, *, css: str = "", isolate_styles: bool = True):
    """Register the component whose code is static/<path>.js: `export default place(Kind, css)` of static/component.js.

    `css` travels with every update, so it should stay small.
    """
    file = STATIC / f"{path}.js"
    folder = sorted(file.parent.glob("*.js")) if file.parent != STATIC else []
    files = [path, *(f"{file.parent.name}/{other.stem}" for other in folder if other != file)]
    return st.components.v2.component(
        f"wgan_demo.{file.stem}",
        html="<div></div>\n",
        css=css or "\n",
        js=_LOADER.format(files=" ".join(files), version=_MODULES),
        isolate_styles=isolate_styles,
    )
