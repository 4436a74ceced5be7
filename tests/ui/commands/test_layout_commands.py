"""`workstation layout` and `workstation card render`: answers, exit codes, and what is wrong, by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from printing.render import render_card
from printing.specification import built_in_document, built_in_layout
from tests.layouts import changed_layout, element
from tests.printing.sample_card import portrait
from tests.workstation.workflow.layouts.test_record_file import RECORD
from ui.commands import main
from workstation.workflow.layouts.record_file import read_record_file


@pytest.fixture
def record(tmp_path: Path) -> Path:
    (tmp_path / "face.jpg").write_bytes(portrait())
    path = tmp_path / "record.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    return path


def test_check_says_sound_wrong_or_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(built_in_document("national-id-1"))

    def spoil(data: dict[str, object]) -> None:
        element(data, "name-lo").update(x=-3)
        element(data, "qr").update(field="shoe_size")

    bad.write_bytes(changed_layout(spoil))
    assert main(["layout", "check", str(good)]) == 0
    assert "national-id-1@1" in capsys.readouterr().out
    assert main(["layout", "check", str(good), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["accepted"], answer["layout"], len(answer["sha256"])) == (True, "national-id-1@1", 64)
    assert main(["layout", "check", str(bad)]) == 1
    told = capsys.readouterr().err
    assert "name-lo: outside-card" in told
    assert "qr: unknown-field" in told
    assert main(["layout", "check", str(bad), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {"element": "qr", "code": "unknown-field", "facts": {"field": "shoe_size"}} in problems
    assert main(["layout", "check", str(tmp_path / "none.json")]) == 2


def test_render_writes_the_pdf_and_both_pictures(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, pictures = tmp_path / "card.pdf", tmp_path / "pictures"
    arguments = ["card", "render", str(record), "--out", str(out), "--png", str(pictures), "--dpi", "100"]
    assert main(arguments) == 0
    assert capsys.readouterr().out.split() == [
        str(out),
        str(pictures / "front.png"),
        str(pictures / "back.png"),
    ]
    layout = built_in_layout("national-id-1")
    assert out.read_bytes() == render_card(layout, read_record_file(record))
    assert main([*arguments, "--preview", "--layout", "national-id-1@1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rendered"] is True
    assert out.read_bytes() == render_card(layout, read_record_file(record), preview=True)
    assert main([*arguments, "--layout", "national-id-phetsarath"]) == 0
    draft = tmp_path / "draft.json"
    draft.write_bytes(changed_layout(lambda data: data.update(version=7)))
    assert main([*arguments, "--layout", str(draft), "--json"]) == 0
    assert '"layout": "national-id-1@7"' in capsys.readouterr().out


def test_render_names_what_is_wrong(record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "card.pdf"

    def told(*more: str) -> str:
        assert main(["card", "render", str(record), "--out", str(out), *more]) == 1
        return capsys.readouterr().err

    assert "layout: no-such-layout" in told("--layout", "nobody")
    assert "layout: no-such-version" in told("--layout", "national-id-1@9")
    assert "none.json: file" in told("--layout", str(tmp_path / "none.json"))
    record.write_text(json.dumps(RECORD | {"surname_lo": "ພົມວິຫານ" * 12}), encoding="utf-8")
    assert "content name-lo: text-does-not-fit" in told()
    record.write_text(json.dumps(RECORD | {"sex": "?"}), encoding="utf-8")
    assert "record sex: bad-sex" in told()
    assert not out.exists()
    record.write_text(json.dumps(RECORD), encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        main(["card", "render", str(record), "--out", str(out), "--dpi", "20000"])
    assert caught.value.code == 2
