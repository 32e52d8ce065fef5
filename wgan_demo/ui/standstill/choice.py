"""A choice of a recording, bound to the link."""

from collections.abc import Sequence

import streamlit as st

from wgan_demo.ui import link


def choose(label: str, options: Sequence[str], default: str, key: str) -> str:
    """One of the options; the default where the link holds none of them."""
    link.told(key, link.among(options), f"The link asks for {label.partition(':')[0]}:")
    chosen = st.segmented_control(label, options, default=default, required=True, wrap=True, key=key, **link.KEPT)
    return chosen or default
