"""The command `lao` as a process: lines in, lines out, and bytes that are no text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from workstation.lao.sorting import sort_key

PROJECT = Path(__file__).resolve().parents[3]
PROGRAM = "import sys; from ui.commands import main; sys.exit(main())"


def lao(*arguments: str | bytes, given: bytes = b"") -> tuple[int, bytes, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "lao", *arguments],
        input=given,
        capture_output=True,
        cwd=PROJECT,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.decode()


def test_arguments_come_out_one_to_a_line() -> None:
    assert lao("encode", "ນໍ້າ", "ເເກ້ວ") == (0, "ນ\u0ec9ຳ\nແກ້ວ\n".encode(), "")
    assert lao("fold", "ໄຊ ເສດຖາ") == (0, "ຊາຍເຊດທາ\n".encode(), "")
    assert lao("sort-key", "ກາ") == (0, sort_key("ກາ").hex().encode() + b"\n", "")


def test_forms_for_comparing_breaking_and_in_latin() -> None:
    assert lao("canonical", "ຫລວງ") == (0, "ຫຼວງ\n".encode(), "")
    assert lao("break-words", "ຊື່ແລະ") == (0, "ຊື່\u200bແລະ\n".encode(), "")
    assert lao("romanise", "ຄົນ", "ສຸດາວັນ") == (0, "khôn\nsoudavan\n".encode(), "")
    assert lao("romanise", "--profile", "practice", given="ສຸດາວັນ ພົມມະຈັນ\n\n".encode()) == (
        0,
        b"Soudavanh Phommachanh\n\n",
        "",
    )


def test_lines_are_kept_line_for_line() -> None:
    given = "ນໍ້າ\r\n\nກ\u2028ຂ\x0bຄ\rງ\u200b\n\n ກ ".encode()
    status, out, _ = lao("encode", given=given)
    assert status == 0
    assert out.decode().split("\n") == ["ນ\u0ec9ຳ", "", "ກ ຂ ຄ ງ", "", " ກ ", ""]


def test_no_input_gives_no_output() -> None:
    assert lao("fold") == (0, b"", "")


def test_bytes_that_are_not_utf8_are_named_by_line() -> None:
    status, out, said = lao("encode", given="ກາ\n".encode() + b"ab\xff\n" + "ຂ\n".encode())
    assert (status, out) == (1, "ກາ\n".encode())
    assert "Line 2" in said
    assert "byte 3" in said


def test_an_argument_that_is_not_utf8_is_named() -> None:
    status, out, said = lao("fold", "ກາ", b"\xe0\xba")
    assert (status, out) == (1, "ກາ\n".encode())
    assert "TEXT 2" in said


def test_wrong_usage() -> None:
    assert lao("romanise", "--profile", "ala-lc", "ກາ")[0] == 2
    assert lao()[0] == 2
