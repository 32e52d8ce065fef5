"""The lessons as a path: each with its number, a small drawing (static/path), its question, and a mark once done."""

import streamlit as st

from wgan_demo.ui.components.assets import static_url
from wgan_demo.ui.course import COURSE
from wgan_demo.ui.lesson import done


def path() -> None:
    """Draw one card for each lesson, as many side by side as there is room for; the whole card leads there."""
    with st.grid(4, min_column_width=190, key="path"):
        for number, lesson in enumerate(COURSE, start=1):
            with st.container(key=f"path_{lesson.page}", gap="xxsmall", height="stretch"):
                drawing = f"./{static_url(f'path/{lesson.page}.svg')}"
                st.markdown(f"![{lesson.alt}]({drawing})")  # st.image would offer to enlarge
                st.markdown(f":small[{lesson.chapter}]")
                st.page_link(
                    lesson.path,
                    label=f"{number}\\. {lesson.title}{', done' if lesson.page in done() else ''}",
                    icon=":material/check_circle:" if lesson.page in done() else None,
                )
                st.markdown(f"**{lesson.question}**  \n{lesson.teaser}")
