"""A visitor's session without a browser: places for large districts, rest, failures, files of one's own."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pingan_abm.model import PinganModel
from pingan_abm.runs import DAYS
from pingan_abm.texts.errors import all_translated
from pingan_abm.texts.i18n import translator
from pingan_abm.web.limits import LARGE, NoPlace, Places
from pingan_abm.web.pages.compare import own_label
from pingan_abm.web.pages.uploads import MOST_BYTES, receive, use_records, use_scenario
from pingan_abm.web.recipe import Recipe
from pingan_abm.web.visitor import session as sessions
from pingan_abm.web.visitor import waiting
from pingan_abm.web.visitor.asking import FROM_START, LEAVE, ONE_MORE_YEAR
from pingan_abm.web.visitor.changing import answer, keep_recipe, set_lever, undo, without_records
from pingan_abm.web.visitor.links import Link, read_link
from pingan_abm.web.visitor.session import Session
from pingan_abm.web.visitor.view import MOST_KEPT, OWN

SMALL = 1_000


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for something the session's thread does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def settled(one: Session) -> bool:
    return not one.busy.value and one.orders.empty()


@pytest.fixture
def visitor() -> Iterator[Callable[..., Session]]:
    """Opens sessions, and closes them after the test."""
    opened: list[Session] = []

    def come(**recipe: object) -> Session:
        one = Session(Link(recipe=Recipe(**({"residents": SMALL, "days": 40} | recipe))))
        opened.append(one)
        one.start()
        until(lambda: settled(one))
        return one

    yield come
    for one in opened:
        one.close()


def test_places_are_taken_once_and_given_back() -> None:
    places = Places(2)
    first, second, third = object(), object(), object()
    places.take(first, LARGE)
    places.take(first, LARGE)
    places.take(second, LARGE)
    with pytest.raises(NoPlace):
        places.take(third, LARGE)
    places.take(third, LARGE - 1)  # a small district needs none
    places.take(first, LARGE - 1)  # and gives back what its holder had
    places.take(third, LARGE)
    places.give_back(second)
    places.give_back(second)
    assert len(places.holders) == 1


def test_many_at_once_never_take_more_than_there_are() -> None:
    places, got = Places(3), []
    holders = [object() for _ in range(30)]

    def ask(holder: object) -> None:
        try:
            places.take(holder, LARGE)
            got.append(holder)
        except NoPlace:
            pass

    threads = [threading.Thread(target=ask, args=(holder,)) for holder in holders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(places.holders) == 3


@pytest.mark.parametrize(("language", "words"), [("en", "large districts already live"), ("zh", "大规模城区")])
def test_without_a_place_a_smaller_district_opens_and_a_free_place_is_offered(
    monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    places, other = Places(1), object()
    places.take(other, LARGE)
    monkeypatch.setattr(sessions, "large_places", lambda: places)
    monkeypatch.setattr(waiting, "large_places", lambda: places)
    monkeypatch.setattr(waiting, "SMALLER", SMALL)
    one = Session(Link(language=language, recipe=Recipe(residents=LARGE, days=5), day=3))
    one.start()
    try:
        until(lambda: one.message.value and settled(one))
        assert words in all_translated(one.message.value, translator(language))
        assert one.model is not None and one.model.residents == SMALL and one.model.day == 3
        assert one.offered.value == 0
        places.give_back(other)
        until(lambda: one.offered.value)  # the first who waits is told
    finally:
        one.close()
    until(lambda: not places.waiting)


def test_a_change_that_cannot_take_effect_asks_and_every_state_can_be_linked(visitor: Callable[..., Session]) -> None:
    one = visitor(days=6)
    one.order(lambda: one.step(6))
    one.order(lambda: set_lever(one, "accountability", 0.9))
    until(lambda: one.pending.value)
    assert one.recipe.moves == () and one.views.levers.values["accountability"] == 0.5  # what is shown holds
    assert one.pending.value is not None and one.pending.value.answers == (FROM_START, ONE_MORE_YEAR, LEAVE)
    one.order(lambda: answer(one, ONE_MORE_YEAR))
    until(lambda: one.pending.value is None and settled(one))
    assert one.model is not None and (one.recipe.days, one.model.day) == (6 + DAYS, 6)
    link = read_link(one.link())
    assert link.problems == () and link.recipe == one.recipe and link.day == 6
    one.order(lambda: one.step(1))
    until(lambda: one.model is not None and one.model.day == 7)
    assert one.model.parameters.accountability == 0.9
    one.order(lambda: set_lever(one, "grassroots_groups", 3))
    until(lambda: one.pending.value)
    assert one.pending.value.answers == (FROM_START, LEAVE)  # it would need another district
    one.order(lambda: answer(one, LEAVE))
    until(lambda: one.pending.value is None)
    assert one.model.day == 7


def test_a_change_is_undone_as_if_it_had_never_been(visitor: Callable[..., Session]) -> None:
    one, plain = visitor(days=20), visitor(days=20)
    for session in (one, plain):
        session.order(partial(session.step, 5))
    one.order(lambda: set_lever(one, "accountability", 0.0))
    one.order(lambda: one.step(10))
    plain.order(lambda: plain.step(10))
    one.order(lambda: undo(one))
    for session in (one, plain):
        done = threading.Event()
        session.order(done.set)
        assert done.wait(60.0) and session.model is not None
    assert one.recipe.moves == () and one.undone.value == ()
    assert one.model is not None and plain.model is not None and one.model.day == plain.model.day == 15
    assert one.model.world.trust.tobytes() == plain.model.world.trust.tobytes()
    assert one.model.world.used("cases").tobytes() == plain.model.world.used("cases").tobytes()


def test_records_that_do_not_fit_are_removed_with_a_word(visitor: Callable[..., Session], tmp_path: Path) -> None:
    one = visitor()
    records = one.folder() / "mine.csv"
    records.write_text("date,issue_type,community\n2014-01-05,nothing_of_the_kind,hubin_01\n")
    wrong = replace(one.recipe, incidents=records)
    one.order(lambda: without_records(one, wrong))
    until(lambda: one.message.value and settled(one))
    assert one.recipe.incidents is None and str(one.folder()) not in "".join(one.message.value)


def test_a_district_nobody_asks_for_is_let_go_and_comes_back_on_its_day(
    visitor: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "REST", 0.3)
    one = visitor()
    one.order(lambda: one.step(9))
    until(lambda: one.day.value == 9)
    until(lambda: one.resting)
    assert one.model is None and one.keyframes is None
    one.order(lambda: one.step(1))
    until(lambda: one.day.value == 10)
    assert not one.message.value


def test_a_failed_run_shows_a_message_and_can_be_begun_again(
    visitor: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    lived, broken = PinganModel.step, threading.Event()

    def fail(model: PinganModel) -> None:
        if model.day == 5 and broken.is_set():
            raise RuntimeError("a day that cannot be")
        lived(model)

    monkeypatch.setattr(PinganModel, "step", fail)
    one = visitor()
    broken.set()
    one.order(one.play)
    until(lambda: one.message.value)
    assert "a day that cannot be" in one.message.value[0] and not one.playing.value and not one.busy.value
    broken.clear()
    one.order(one.restart)
    one.order(lambda: one.step(12))
    until(lambda: one.day.value == 12)


def test_a_closed_session_leaves_no_thread_and_no_files(visitor: Callable[..., Session]) -> None:
    one = visitor()
    receive(one, use_scenario, "../../mine.toml", b'[title]\nen = "Mine"\n[parameters]\naccountability = 0.9\n')
    until(lambda: one.recipe.scenario.title.get("en") == "Mine")
    folder = one.folder()
    assert [path.name for path in folder.iterdir()] == ["mine.toml"]
    one.close()
    until(lambda: one.model is None and not folder.exists())


def test_a_file_with_mistakes_changes_nothing_and_says_them(visitor: Callable[..., Session], tmp_path: Path) -> None:
    one = visitor()
    before = one.recipe
    receive(one, use_scenario, "wrong.toml", b"[parameters]\nacountability = 0.9\nstafing = 1\n")
    until(lambda: one.message.value)
    told = "\n".join(one.message.value)
    assert "accountability" in told and "staffing" in told and one.recipe == before
    one.message.value = ()
    receive(one, use_records, "wrong.csv", b"day,what\n1,2\n")
    until(lambda: one.message.value)
    assert one.recipe == before and MOST_BYTES < 10_000_000


def test_what_is_kept_stands_beside_the_baseline() -> None:
    """The latest three; numbers follow when the oldest what-ifs make room."""
    session = Session(Link())
    plain = session.recipe
    for number in range(8):
        session.recipe = plain.moved(60, "accountability", 0.1 + 0.05 * number)
        keep_recipe(session)
        keep_recipe(session)  # twice is once
    assert len(session.kept.value) == MOST_KEPT
    shown = [session.kept.value[int(arm.removeprefix(OWN))].moves[0].value for arm in session.arms.value[1:]]
    assert session.arms.value[0] == "pingan365" and shown == pytest.approx([0.35, 0.4, 0.45])
    assert own_label(session.recipe, 5, "zh") == "我的设想6：“平安365” · 第60天起问责力度 0.45"
    assert (
        own_label(session.recipe, 5, "en")
        == "My what-if 6: Ping'an 365 as documented · Accountability 0.45 from day 60 on"
    )
