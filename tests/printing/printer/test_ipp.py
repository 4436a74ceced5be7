"""Printing over IPP: to a real ippeveprinter with its faults, and against answers that are none."""

import random
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from devices.errors import DeviceMissing
from devices.simulated.printer import SimulatedPrinter
from printing.errors import PrinterError
from printing.printer import JobState, Supply
from printing.printer.ipp import IppPrinter
from printing.printer.ipp_answer import read_answer
from printing.printer.ipp_media import card_media
from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.printer.false_printer import FalsePrinter, http
from tests.printing.sample_card import card

PDF = render_card(built_in_layout("national-id-1"), card())
PATIENCE = 20.0


def attribute(tag: int, name: str, value: bytes) -> bytes:
    return bytes([tag]) + len(name).to_bytes(2) + name.encode() + len(value).to_bytes(2) + value


ANSWER = (
    b"\x02\x00\x00\x00\x00\x00\x00\x01\x01"
    + attribute(0x47, "attributes-charset", b"utf-8")
    + attribute(0x48, "attributes-natural-language", b"en")
    + b"\x04"
    + attribute(0x23, "printer-state", (5).to_bytes(4))
    + attribute(0x44, "printer-state-reasons", b"media-jam-error")
    + attribute(0x44, "", b"cover-open-report")
    + attribute(0x44, "", b"media-jam")
    + b"\x03"
)


@pytest.fixture
def simulated() -> Iterator[SimulatedPrinter]:
    try:
        printer = SimulatedPrinter()
    except DeviceMissing as fault:
        if fault.code == "not-started":
            raise
        pytest.fail(str(fault))
    with printer:
        yield printer


@pytest.fixture
def printer(simulated: SimulatedPrinter) -> Iterator[IppPrinter]:
    opened = IppPrinter(simulated.uri)
    yield opened
    opened.close()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def refusal(call: Callable[[], object]) -> PrinterError:
    with pytest.raises(PrinterError) as caught:
        call()
    return caught.value


def test_a_card_arrives_byte_for_byte_and_is_found_by_name(
    simulated: SimulatedPrinter, printer: IppPrinter
) -> None:
    assert (printer.state().state, printer.state().reasons) == ("idle", ())
    assert printer.find_job("card-1") is None
    job = printer.submit(PDF, "card-1")
    assert printer.find_job("card-1") == job
    until(lambda: printer.job(job) is JobState.COMPLETED)
    assert simulated.printed() == [PDF]
    assert printer.find_job("card-1") == job
    printer.cancel(job)
    assert printer.job(job) is JobState.COMPLETED
    assert refusal(lambda: printer.job(job + 7)).code == "job-unknown"
    assert refusal(lambda: printer.cancel(job + 7)).code == "job-unknown"


@pytest.mark.parametrize("fault", ["media-jam", "media-empty", "marker-supply-empty", "cover-open"])
def test_a_fault_is_named_and_the_job_goes_on_when_it_is_mended(
    simulated: SimulatedPrinter, printer: IppPrinter, fault: str
) -> None:
    simulated.set_fault(fault)
    job = printer.submit(PDF, "card-1")
    begun = time.monotonic()
    until(lambda: fault in printer.state().reasons)
    assert time.monotonic() - begun < 10
    assert not printer.job(job).final
    assert refusal(lambda: printer.submit(PDF, "card-2")).code == "busy"
    assert simulated.printed() == []
    simulated.clear()
    until(lambda: printer.job(job) is JobState.COMPLETED)
    until(lambda: printer.state().reasons == ())
    assert simulated.printed() == [PDF]
    following = printer.submit(PDF, "card-2")
    until(lambda: printer.job(following) is JobState.COMPLETED)


def test_a_jam_that_mends_itself(simulated: SimulatedPrinter, printer: IppPrinter) -> None:
    simulated.set_fault("media-jam", seconds=0.5)
    job = printer.submit(PDF, "card-1")
    until(lambda: printer.job(job) is JobState.COMPLETED)


def test_an_aborted_and_a_cancelled_job_end_as_such(simulated: SimulatedPrinter, printer: IppPrinter) -> None:
    simulated.set_fault("refuse")
    refused = printer.submit(PDF, "card-1")
    until(lambda: printer.job(refused) is JobState.ABORTED)
    assert simulated.printed() == []
    simulated.set_fault("media-jam")
    cancelled = printer.submit(PDF, "card-2")
    until(lambda: "media-jam" in printer.state().reasons)
    printer.cancel(cancelled)
    simulated.clear()
    until(lambda: printer.job(cancelled) is JobState.CANCELED)


def test_a_killed_printer_is_unreachable_at_once_and_another_in_its_place_knows_no_job(
    simulated: SimulatedPrinter, printer: IppPrinter
) -> None:
    simulated.set_fault("media-jam")
    job = printer.submit(PDF, "card-1")
    simulated.kill()
    begun = time.monotonic()
    assert refusal(printer.state).code == "unreachable"
    assert refusal(lambda: printer.submit(PDF, "card-1")).code == "unreachable"
    assert time.monotonic() - begun < 5
    port = int(simulated.uri.split(":")[2].split("/")[0])
    with SimulatedPrinter(port=port):
        assert printer.find_job("card-1") is None
        assert refusal(lambda: printer.job(job)).code == "job-unknown"


def test_several_threads_may_ask_at_once(simulated: SimulatedPrinter, printer: IppPrinter) -> None:
    seen: list[str] = []
    threads = [threading.Thread(target=lambda: seen.append(printer.state().state)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert seen == ["idle"] * 12


def test_nobody_there_and_nonsense_addresses() -> None:
    printer = IppPrinter("ipp://127.0.0.1:1/ipp/print", deadline=2)
    assert refusal(printer.state).code == "unreachable"
    printer.close()
    printer.close()
    assert refusal(printer.state).code == "closed"
    for uri in ("", "http://localhost/", "ipp://", "ipp:///ipp/print", "localhost:631", "ipp://a b/"):
        assert refusal(lambda uri=uri: IppPrinter(uri)).code == "bad-address"  # type: ignore[misc]  # bound now


@pytest.mark.parametrize("silent", [True, False])
def test_silence_and_a_broken_line_leave_it_open_whether_the_job_arrived(silent: bool) -> None:
    # The question before the job is answered; what carries the card is not.
    with FalsePrinter(http(ANSWER), answers=1, silent=silent, hang_up=not silent) as false:
        printer = IppPrinter(false.uri, deadline=0.8)
        begun = time.monotonic()
        assert refusal(lambda: printer.submit(PDF, "card-1")).code == "no-answer"
        assert time.monotonic() - begun < 5
        assert false.heard == 2
        printer.close()


@pytest.mark.parametrize("silent", [True, False])
def test_who_does_not_answer_the_first_question_is_sent_no_card(silent: bool) -> None:
    with FalsePrinter(silent=silent, hang_up=not silent) as false:
        printer = IppPrinter(false.uri, deadline=0.8)
        assert refusal(lambda: printer.submit(PDF, "card-1")).code == "unreachable"
        assert false.heard == 1
        printer.close()


def test_a_printer_that_fails_over_the_job_may_have_it_all_the_same() -> None:
    def with_status(status: int) -> bytes:
        return http(ANSWER[:2] + status.to_bytes(2) + ANSWER[4:])

    for last, code in (
        (with_status(0x0500), "no-answer"),
        (with_status(0x040B), "refused"),
        (with_status(0x0507), "busy"),
        (http(b"", "500 Internal Server Error"), "no-answer"),
    ):
        with FalsePrinter(http(ANSWER), answers=1, last=last) as false:
            printer = IppPrinter(false.uri, deadline=3)
            assert refusal(lambda: printer.submit(PDF, "card-1")).code == code  # noqa: B023  # called at once
            printer.close()


def test_supplies_and_media_are_told() -> None:
    told = (
        ANSWER[:-1]
        + attribute(0x42, "marker-names", b"Ribbon YMCKT")
        + attribute(0x42, "", b"Cleaning roller")
        + attribute(0x44, "marker-types", b"ribbonWax")
        + attribute(0x44, "", b"other")
        + attribute(0x21, "marker-levels", (12).to_bytes(4))
        + attribute(0x21, "", (-3).to_bytes(4, signed=True))
        + attribute(0x21, "marker-low-levels", (15).to_bytes(4))
        + attribute(0x44, "media-ready", b"iso_a4_210x297mm")
        + b"\x03"
    )
    with FalsePrinter(http(told)) as false:
        printer = IppPrinter(false.uri, deadline=3)
        state = printer.state()
        assert state.supplies == (
            Supply("Ribbon YMCKT", "ribbonWax", 12, 15),
            Supply("Cleaning roller", "other", None, 10),
        )
        assert state.reasons == ("media-jam", "cover-open", "wrong-media")
        printer.close()
    assert card_media(["iso_a4_210x297mm", "custom_cr80_53.98x85.6mm"]) == "custom_cr80_53.98x85.6mm"
    assert card_media(["custom_cr80_2.125x3.37in"]) == "custom_cr80_2.125x3.37in"
    assert card_media(["iso_a4_210x297mm", "photo"]) is None


def test_who_asks_after_a_job_says_whose_it_is() -> None:
    """CUPS hides a job's name from everybody else, and without its name a job is another card's."""
    with FalsePrinter(http(ANSWER)) as false:
        printer = IppPrinter(false.uri, deadline=3)
        refusal(lambda: printer.job(7, "card-1"))
        assert attribute(0x42, "requesting-user-name", b"workstation") in false.question
        printer.close()


def test_a_number_that_belongs_to_another_card_is_not_this_ones(
    simulated: SimulatedPrinter, printer: IppPrinter
) -> None:
    job = printer.submit(PDF, "card-1")
    until(lambda: printer.job(job, "card-1") is JobState.COMPLETED)
    assert refusal(lambda: printer.job(job, "card-2")).code == "job-unknown"


def test_closing_answers_those_who_still_wait() -> None:
    with FalsePrinter(silent=True) as false:
        printer = IppPrinter(false.uri, deadline=30)
        codes: list[str] = []
        waiting = threading.Thread(target=lambda: codes.append(refusal(printer.state).code))
        waiting.start()
        time.sleep(0.3)
        printer.close()
        waiting.join(PATIENCE)
        assert codes == ["closed"]


def test_answers_over_http() -> None:
    for body, code in (
        (http(ANSWER, "500 Internal Server Error"), "refused"),
        (http(b"\xff\xfe", "404 Not Found"), "damaged-answer"),
        (http(b"<html>"), "damaged-answer"),
        (http(b""), "damaged-answer"),
        (b"SSH-2.0-OpenSSH\r\n", "no-answer"),
    ):
        with FalsePrinter(body) as false:
            printer = IppPrinter(false.uri, deadline=3)
            assert refusal(printer.state).code == code
            printer.close()
    with FalsePrinter(http(ANSWER)) as false:
        printer = IppPrinter(false.uri, deadline=3)
        assert printer.state().state == "stopped"
        assert printer.state().reasons == ("media-jam", "cover-open")
        assert refusal(lambda: printer.submit(PDF, "card-1")).code == "damaged-answer"
        printer.close()


def test_a_status_that_says_no_is_read_before_anything_else() -> None:
    for status, about, code in (
        (0x0406, 3, "job-unknown"),
        (0x0406, None, "refused"),
        (0x0507, None, "busy"),
    ):
        message = ANSWER[:2] + status.to_bytes(2) + ANSWER[4:]
        assert refusal(lambda m=message, a=about: read_answer(m, about=a)).code == code  # type: ignore[misc]  # bound now


def test_an_answer_damaged_at_any_byte_ends_in_a_named_error_or_a_reading() -> None:
    for length in range(len(ANSWER)):
        assert refusal(lambda length=length: read_answer(ANSWER[:length])).code == "damaged-answer"  # type: ignore[misc]  # bound now
    chance = random.Random(9)
    for _ in range(6000):
        damaged = bytearray(ANSWER)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chance.choice(
                [0, 1, 3, 4, 0x34, 0x37, 0x4A, 0x7F, 0x80, 0xFF]
            )
        try:
            read_answer(bytes(damaged))
        except PrinterError:
            continue
