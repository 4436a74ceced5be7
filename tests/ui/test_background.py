"""Lanes: in order within one, callbacks in the window's thread, nothing dropped but callbacks."""

import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.background import Background


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def test_work_is_done_in_its_lane_and_answers_in_this_thread(qtbot: QtBot, background: Background) -> None:
    answers: list[tuple[str, str]] = []
    background.run(
        "database",
        lambda: threading.current_thread().name,
        done=lambda name: answers.append((name, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("lane-database", "MainThread")]


def test_a_lane_keeps_its_order_and_lanes_do_not_wait_for_each_other(
    qtbot: QtBot, background: Background
) -> None:
    order: list[str] = []
    gate = threading.Event()
    background.run("slow", lambda: gate.wait(10), done=lambda _: order.append("slow 1"))
    background.run("slow", lambda: None, done=lambda _: order.append("slow 2"))
    background.run("quick", lambda: None, done=lambda _: order.append("quick"))
    qtbot.waitUntil(lambda: order == ["quick"])
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["quick", "slow 1", "slow 2"]


def test_an_error_goes_to_failed_or_to_unanswered(qtbot: QtBot, background: Background) -> None:
    told: list[tuple[str, str]] = []
    background.unanswered.connect(lambda error: told.append(("unanswered", str(error))))

    def broken() -> None:
        raise ValueError("broken")

    background.run("a", broken, failed=lambda error: told.append(("failed", str(error))))
    background.run("a", broken)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [("failed", "broken"), ("unanswered", "broken")]


def test_a_cancelled_job_is_done_but_answers_nobody(qtbot: QtBot, background: Background) -> None:
    done: list[str] = []
    gate = threading.Event()
    background.run("a", lambda: gate.wait(10))
    job = background.run("a", lambda: done.append("work"), done=lambda _: done.append("callback"))
    job.cancel()
    gate.set()
    after: list[None] = []
    background.run("a", lambda: None, done=after.append)
    qtbot.waitUntil(lambda: bool(after))
    assert done == ["work"]


def test_closing_finishes_what_was_given_and_ends_the_threads(qtbot: QtBot) -> None:
    background = Background()
    done: list[str] = []
    background.run("a", lambda: time.sleep(0.1), done=lambda _: done.append("callback"))
    background.run("a", lambda: done.append("work"))
    background.close()
    assert done == ["work"]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lane-")]
    with pytest.raises(RuntimeError):
        background.run("a", lambda: None)
    qtbot.wait(20)
    assert done == ["work"]
