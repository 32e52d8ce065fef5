"""The way in, where it is the same for all pages."""

import gc

from tests.pages import open_lesson


def test_what_a_page_has_imported_is_not_looked_through_for_garbage_again():
    open_lesson("duality")  # brings plotly and pandas, which are most of it
    assert gc.get_freeze_count() > 100_000
