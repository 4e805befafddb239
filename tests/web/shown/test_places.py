"""Where communities lie on the map, in the district that was drawn by hand and in others."""

import pytest

from pingan_abm.district.files import load_district
from pingan_abm.web.shown.institution_map import FIRST_BAND, LAST_BAND, band_heights, shortened
from pingan_abm.web.shown.places import BLOCKS, HEAD, block_places, map_layout


def test_the_shipped_district_lies_as_it_was_drawn() -> None:
    assert block_places(dict.fromkeys(BLOCKS, 9)) == BLOCKS
    tiles = map_layout(load_district())["tiles"]
    assert len({(one["x"], one["y"]) for one in tiles}) == len(tiles) == len(load_district().communities)


@pytest.mark.parametrize(
    "sizes", [{"all": 61}, {"a": 1}, {"a": 3, "b": 40, "c": 9}, {str(i): i + 1 for i in range(30)}]
)
def test_any_other_gets_blocks_that_do_not_lie_on_each_other(sizes: dict[str, int]) -> None:
    places = block_places(sizes)
    cells: set[tuple[float, int]] = set()
    for name, (column, row, width) in places.items():
        rows = -(-sizes[name] // width)
        mine = {(row + HEAD + y, int(column) + x) for y in range(rows) for x in range(width)}
        assert not cells & mine
        cells |= mine
    across = max(column + width for column, _, width in places.values())
    down = max(row for row, _ in cells) + 1
    assert across <= max(4.0 * down, 3) and down <= max(4.0 * across, 3)


def test_tiers_that_have_units_share_the_height() -> None:
    assert band_heights({1, 2, 3}) == {1: FIRST_BAND, 2: (FIRST_BAND + LAST_BAND) / 2, 3: LAST_BAND}
    assert band_heights({1}) == {1: (FIRST_BAND + LAST_BAND) / 2}


def test_a_name_that_is_cut_says_so() -> None:
    assert shortened("Local office", 13) == "Local office"
    assert shortened("Department of Everything", 13) == "Department o…"
    assert shortened("属地街道办事处", 13) == "属地街道办事…"
