"""`workstation approval` from the key to the approval, between two closed offices, and `workstation roles`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ui.stages.counter_office import PASSWORD, Counter, make_room
from ui.commands import main
from workstation.domain.operator import SIGN_IN_ROLES
from workstation.domain.permissions import Verb
from workstation.startup import close_office


def test_the_matrix_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roles", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["roles"] == [role.value for role in SIGN_IN_ROLES]
    assert set(told["verbs"]) == {verb.value for verb in Verb}
    assert told["verbs"]["review.approve"] == {"roles": ["supervisor"], "second_person": True}
    assert main(["roles"]) == 0
    assert "review.approve\tsupervisor\tsecond person" in capsys.readouterr().out


@pytest.fixture
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two closed offices, "here" and "there"; the id of an application that here's supervisor captured."""
    for name, text in (
        ("passphrase", "a long enough passphrase"),
        ("password", PASSWORD),
        ("own", "her own passphrase"),
    ):
        (tmp_path / name).write_text(text + "\n")
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    here = make_room(tmp_path / "here")
    counter = Counter(here.office, here.supervisor, here.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
    application_id = counter.at_review()
    close_office(here.office)
    close_office(make_room(tmp_path / "there", own=True).office)
    return application_id


def test_from_the_key_to_the_approval(
    waiting: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(office: str, operator: str, *words: str) -> tuple[int, str, str]:
        as_whom = ["--operator", operator, "--password-file", str(tmp_path / "password")]
        code = main(["approval", *words, *as_whom, "--data", str(tmp_path / office)])
        said = capsys.readouterr()
        return code, said.out, said.err

    def path(name: str) -> str:
        return str(tmp_path / name)

    own = ("--passphrase-file", path("own"))
    code, out, _err = run("there", "supervisor", "key", *own, "--out", path("card.json"))
    assert code == 0
    fingerprint = json.loads(out)["fingerprint"]
    assert (tmp_path / "card.json").stat().st_mode & 0o777 == 0o600
    assert run("there", "supervisor", "key", *own, "--out", path("card.json"))[0] == 1, "it is there already"
    trust = ("trust", path("card.json"), "--fingerprint")
    assert run("here", "admin", *trust, "0000 0000 0000 0000 0000")[0] == 1
    assert run("here", "clerk", *trust, fingerprint)[0] == 1
    assert run("here", "admin", *trust, fingerprint)[0] == 0
    assert run("here", "clerk", "request", waiting, "--out", path("request.json"))[0] == 0
    assert main(["approval", "show", path("request.json")]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["object"] == waiting
    seen = [word for point in shown["points"] for word in ("--seen", point)]
    sign = ("sign", path("request.json"), *own, "--out", path("approval.json"))
    if seen:
        assert run("there", "supervisor", *sign)[0] == 1
    assert run("there", "clerk", *sign, *seen)[0] == 1
    assert run("there", "supervisor", *sign, *seen)[0] == 0
    code, out, err = run("here", "clerk", "apply", path("approval.json"))
    assert (code, err) == (0, "")
    assert json.loads(out) == {"stage": "decision"}
    code, _out, err = run("here", "clerk", "apply", path("approval.json"))
    assert code == 1
    assert err.strip()
    assert run("here", "clerk", "apply", path("nothing.json"))[0] == 1
