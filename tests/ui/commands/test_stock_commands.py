"""`workstation stock` from the shell: balance, acts, two people, history, reports; refusals are sentences and 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.offices import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD, SUPERVISOR, staffed_office
from ui.commands import main
from workstation.domain.stock import SerialFormat

S = SerialFormat("TR", 6).serial
Call = Callable[..., int]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One office for all tests of this file, closed; every test has serials of its own."""
    folder = tmp_path_factory.mktemp("stock-commands")
    with staffed_office(folder / "office"):
        pass
    for name, secret in (("passphrase", PASSPHRASE), ("password", PASSWORD), ("wrong", "not this one")):
        path = folder / name
        path.touch(mode=0o600)
        path.write_text(secret)
    return folder


@pytest.fixture
def call(data: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(data / "passphrase"))

    def stock(*words: str, operator: str | None = SUPERVISOR, second: str | None = None) -> int:
        who = ("--operator", operator, "--password-file", str(data / "password")) if operator else ()
        other = ("--second", second, "--second-password-file", str(data / "password")) if second else ()
        return main(["stock", *words, "--data", str(data / "office"), *who, *other])

    return stock


def balance(call: Call, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    call("balance", "--json", operator=None)
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def test_the_balance_of_a_new_office(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("balance", operator=None) == 0
    assert "printer\t200" in capsys.readouterr().out
    told = balance(call, capsys)
    assert told["whole"] is True
    assert told["wrong"] == ""
    assert told["open_differences"] == []


def test_a_box_through_the_shell(call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert call("receive", S(1001), S(1100), "--box", "B7") == 0
    assert capsys.readouterr().out == f"100\t{S(1001)} – {S(1100)}\n"
    assert call("give", S(1001), S(1010)) == 0
    assert call("load", S(1001), S(1002), operator=CLERK) == 0
    assert call("unload", S(1002), operator=CLERK) == 0
    assert call("spoil", S(1002), "--reason", "bent", operator=CLERK) == 0
    assert call("take-back", S(1010)) == 0
    assert call("return", S(1100), "--reason", "parcel 1") == 0
    assert call("destroy", S(1002), "--reason", "cut", second=CLERK) == 0
    assert call("missing", S(1003), "--reason", "gone", second=CLERK) == 0
    assert call("found", S(1003), "--reason", "under the desk") == 0
    capsys.readouterr()
    assert call("history", S(1002), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["entry"] for one in told] == [
        "received",
        "to_station",
        "loaded",
        "unloaded",
        "spoiled",
        "destroyed",
    ]
    assert told[-1]["second"] not in (None, told[-1]["by"])
    assert call("history", S(9999)) == 1
    for name in ("report.csv", "report.pdf"):
        assert call("report", "--out", str(tmp_path / name)) == 0
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    lines = (tmp_path / "report.csv").read_bytes().split(b"\r\n")
    assert any(b",received," in line and b"B7" in line for line in lines)
    assert balance(call, capsys)["whole"] is True


@pytest.mark.parametrize(
    ("words", "operator", "second", "said"),
    [
        (("receive", "TR0000019"), SUPERVISOR, None, "no serial"),
        (("receive", S(1)), SUPERVISOR, None, "already"),
        (("load", S(5001)), SUPERVISOR, None, "do not lie there"),
        (("give", S(1)), CLERK, None, "role"),
        (("destroy", S(1), "--reason", "cut"), SUPERVISOR, SUPERVISOR, "Two different people"),
        (("receive", S(6001), "--short", S(6001)), SUPERVISOR, None, "Two different people"),
        (("load", S(1)), "nobody", None, "password"),
        (("load", S(1)), ADMINISTRATOR, None, "role"),
    ],
)
def test_refusals_are_sentences(
    call: Call,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    operator: str,
    second: str | None,
    said: str,
) -> None:
    before = balance(call, capsys)["places"]
    assert call(*words, operator=operator, second=second) == 1
    assert said in capsys.readouterr().err
    assert balance(call, capsys)["places"] == before


def test_the_count_names_serials_and_ends_with_1_while_they_differ(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    places = balance(call, capsys)["places"]
    assert isinstance(places, dict)
    counted = [
        word
        for place in ("safe", "drawer", "printed", "spoiled", "void")
        for word in ("--counted", f"{place}={places.get(place, 0)}")
    ]
    lies = tmp_path / "printer.txt"
    loaded = [f"{S(1)} {S(199)}"] + ([S(1001)] if places["printer"] == 201 else [])
    lies.write_text("\n".join(loaded))
    scanned = ("--scanned", f"printer={lies}")
    assert call("count", *counted, "--counted", "printer=3", second=CLERK) == 1
    assert "differs" in capsys.readouterr().err
    assert call("count", *counted, *scanned, "--explanation", "one is gone", second=CLERK) == 1
    assert f"{S(200)}\tabsent\tprinter\tprinter" in capsys.readouterr().out
    told = balance(call, capsys)
    assert told["open_differences"] == [
        {"serial": S(200), "kind": "absent", "place": "printer", "since": _today()}
    ]
    lies.write_text("\n".join([f"{S(1)} {S(200)}", *loaded[1:]]))
    assert call("count", *counted, *scanned, second=CLERK) == 0
    assert balance(call, capsys)["open_differences"] == []


def _today() -> str:
    from workstation import clock

    return clock.office_day(clock.now()).isoformat()


@pytest.mark.parametrize("words", [("count", "--counted", "cellar=1"), ("count", "--counted", "safe=many")])
def test_wrong_usage_is_2(call: Call, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        call(*words, second=CLERK)
    assert ended.value.code == 2
