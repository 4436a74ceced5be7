"""`workstation lao`: Lao text in one encoding, compared, searched, sorted, broken, in Latin; a line out for each in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import Any

FORMS = (
    ("encode", "the one encoding that is stored"),
    ("canonical", "the form in which two spellings are compared"),
    ("fold", "the folded text that searches compare"),
    ("sort-key", "the key of the Lao order, in hexadecimal"),
    ("break-words", "with U+200B where a line may break"),
    ("romanise", "the Latin spelling"),
)


def register(subparsers: Any) -> None:
    """Adds the command `lao` with its forms."""
    lao = subparsers.add_parser(
        "lao", help="Lao text: one encoding, search folding, sort keys, Latin spelling"
    )
    forms = lao.add_subparsers(dest="form", required=True, metavar="|".join(form for form, _ in FORMS))
    for form, about in FORMS:
        parser = forms.add_parser(form, help=about)
        if form == "romanise":
            parser.add_argument(
                "--profile",
                choices=("bgn", "practice"),
                default="bgn",
                help="bgn: BGN/PCGN 1966 (default); practice: as on passports, without accents",
            )
        parser.add_argument("text", nargs="*", metavar="TEXT", help="without it, lines of standard input")
        parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes one line for each text or line; ends with 1 at the first that is not UTF-8."""
    change = _change(args)
    out = sys.stdout.buffer
    try:
        for text in _arguments(args.text) if args.text else _lines():
            out.write(change(text).encode() + b"\n")
        out.flush()
    except _NotText as fault:
        out.flush()
        print(fault.sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader has enough; without this the interpreter complains once more when it closes the pipe.
        sys.stdout = None
        return 1
    return 0


class _NotText(Exception):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _change(args: argparse.Namespace) -> Callable[[str], str]:
    if args.form == "encode":
        from workstation.lao.encode import encode

        return encode
    if args.form == "canonical":
        from workstation.lao.canonical import canonical

        return canonical
    if args.form == "fold":
        from workstation.lao.fold import fold

        return fold
    if args.form == "break-words":
        from workstation.lao.break_words import with_breaks

        return with_breaks
    if args.form == "romanise":
        from workstation.lao.romanise import romanise

        return lambda text: romanise(text, args.profile)
    from workstation.lao.sorting import sort_key

    return lambda text: sort_key(text).hex()


def _arguments(texts: list[str]) -> Iterator[str]:
    for number, text in enumerate(texts, start=1):
        try:
            text.encode()
        except UnicodeEncodeError as fault:
            raise _NotText(f"TEXT {number} is not UTF-8 text; nothing was written for it.") from fault
        yield text


def _lines() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            yield line.removesuffix(b"\n").removesuffix(b"\r").decode()
        except UnicodeDecodeError as fault:
            raise _NotText(
                f"Line {number} of the input is not UTF-8 text (byte {fault.start + 1} of the line); "
                "the lines before it were written."
            ) from fault
