"""A room for a class: who is noted, who leads, and that it is whole again after a lost server."""

from pingan_abm.web.rooms import MOST_MEMBERS, MOST_ROOMS, Rooms, WhatIf, is_code, new_code
from pingan_abm.web.visitor.seat import NOTHING, STEPS, read_curve, written_curve


def test_a_room_is_made_when_somebody_enters_and_is_the_same_for_the_next() -> None:
    kept = Rooms()
    first = kept.enter("K7QF")
    assert first is not None and kept.enter("K7QF") is first
    assert kept.enter("k7qf") is None and kept.enter("K7Q0") is None and kept.enter("") is None


def test_the_first_key_leads_and_no_other() -> None:
    room = Rooms().enter("K7QF")
    assert room is not None
    assert not room.leads("") and room.leads("MINE") and not room.leads("YOURS") and room.leads("MINE")
    room.show("YOURS", 3)
    room.reveal("YOURS", "numbers", object())
    assert room.chapter == 0 and room.found == {}
    room.show("MINE", 3)
    assert room.chapter == 3


def test_everybody_hears_of_a_change_once_and_of_nothing_that_was_known() -> None:
    room = Rooms().enter("K7QF")
    assert room is not None
    heard: list[int] = []
    room.listen(1, lambda: heard.append(1))
    room.listen(2, lambda: heard.append(2))
    room.join("A", "Group A")
    room.answer("A", "numbers", "higher")
    room.answer("A", "numbers", "higher")
    assert heard == [1, 2, 1, 2]
    room.leave(2)
    room.answer("A", "numbers", "lower")  # the latest counts
    assert heard[4:] == [1] and room.answers == {"numbers": {"A": "lower"}}


def test_only_members_are_noted_and_no_more_than_a_room_takes() -> None:
    room = Rooms().enter("K7QF")
    assert room is not None
    room.answer("X", "numbers", "higher")
    room.what_if("X", WhatIf("nothing", 0.9, 0.8, 365))
    assert room.answers["numbers"] == {} and room.what_ifs == {}
    for number in range(MOST_MEMBERS + 5):
        room.join(str(number), "a name that is much longer than what is shown")
    assert len(room.names) == MOST_MEMBERS and len(room.names["0"]) == 24


def test_a_lost_room_is_whole_again_when_its_members_are_back() -> None:
    def meet(kept: Rooms) -> object:
        room = kept.enter("K7QF")
        assert room is not None and room.leads("MINE")
        room.show("MINE", 2)
        for member in "AB":
            room.join(member, f"Group {member}")
            room.answer(member, "numbers", "higher")
            room.guess(member, "numbers", (0.1, 0.9))
        return room.chapter, room.names, room.answers, room.guesses

    assert meet(Rooms()) == meet(Rooms())  # the second server knew nothing


def test_there_are_not_more_rooms_than_a_server_takes_and_old_ones_go() -> None:
    kept = Rooms()
    codes: set[str] = set()
    while len(codes) < MOST_ROOMS:
        codes.add(new_code())
    rooms = [kept.enter(code) for code in codes]
    other = next(code for code in iter(new_code, None) if code not in codes)
    assert kept.enter(other) is None
    old = rooms[0]
    assert old is not None
    old.used -= 1e6
    assert kept.enter(other) is not None and old.code not in kept.kept


def test_codes_cannot_be_misread() -> None:
    for _ in range(200):
        code = new_code()
        assert is_code(code) and not set(code) & set("0O1IL")


def test_a_drawn_curve_survives_the_address() -> None:
    drawn = [0.0, None, 0.256, 1.0, 2.0, -1.0]
    text = written_curve(drawn)
    assert text.split(".")[:6] == ["0", NOTHING, "26", "100", "100", "0"] and len(text.split(".")) == STEPS
    back = read_curve(text)
    assert [one if one == one else None for one in back[:6]] == [0.0, None, 0.26, 1.0, 1.0, 0.0]
    assert all(one != one for one in read_curve("x.-1.1e3.٣"))
