"""The page of the central study shows what was computed, and nothing that was typed."""

import json

from write_central_study import KEPT, PAGE, blocks
from write_patterns_page import filled


def test_the_page_shows_what_was_computed() -> None:
    page, written = PAGE.read_text("utf-8"), blocks(json.loads(KEPT.read_text("utf-8")))
    assert len(written) == 6 and all(text.count("|") > 20 for text in written.values())
    assert filled(page, written) == page
