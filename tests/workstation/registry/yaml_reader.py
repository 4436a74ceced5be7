"""The part of YAML 1.2 in which OpenAPI files are written: block mappings and sequences, flow collections on one line,
quoted, plain and block scalars. Anything else raises ValueError; nothing is guessed."""

from __future__ import annotations

import re
from typing import Any

_KEY = re.compile(r"""(?:'([^']*)'|"([^"]*)"|([^\s'"\[\]{}#&*!|>%@`,][^#]*?)):(?:\s+(.*))?$""")
_INTEGER = re.compile(r"-?\d+")


def read_yaml(text: str) -> Any:
    """The document in `text`."""
    lines = [line.rstrip() for line in text.splitlines()]
    value, after = _block(lines, _next(lines, 0), 0)
    if _next(lines, after) < len(lines):
        raise ValueError(f"line {after + 1} belongs to nothing")
    return value


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
        at += 1
    return at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(lines: list[str], at: int, least: int) -> tuple[Any, int]:
    indent = _indent(lines[at])
    if indent < least:
        return None, at
    if lines[at].lstrip().startswith("- "):
        return _sequence(lines, at, indent)
    return _mapping(lines, at, indent)


def _sequence(lines: list[str], at: int, indent: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    while at < len(lines) and _indent(lines[at]) == indent and lines[at].lstrip().startswith("- "):
        rest = lines[at].lstrip()[2:]
        if _KEY.match(rest) and rest[0] not in "[{'\"":
            lines[at] = " " * (indent + 2) + rest
            value, at = _mapping(lines, at, indent + 2)
        else:
            value, at = _scalar(lines, at, rest, indent)
        items.append(value)
        at = _next(lines, at)
    return items, at


def _mapping(lines: list[str], at: int, indent: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while at < len(lines) and _indent(lines[at]) == indent:
        match = _KEY.match(lines[at].lstrip())
        if match is None:
            raise ValueError(f"line {at + 1}: {lines[at]!r}")
        key = next(group for group in match.groups()[:3] if group is not None)
        if key in found:
            raise ValueError(f"line {at + 1}: {key} twice")
        rest = (match.group(4) or "").strip()
        if rest and not rest.startswith("#"):
            found[key], at = _scalar(lines, at, rest, indent)
        else:
            at = _next(lines, at + 1)
            deeper = at < len(lines) and (
                _indent(lines[at]) > indent
                or (_indent(lines[at]) == indent and lines[at].lstrip().startswith("- "))
            )
            found[key], at = _block(lines, at, indent) if deeper else (None, at)
        at = _next(lines, at)
    return found, at


def _scalar(lines: list[str], at: int, text: str, indent: int) -> tuple[Any, int]:
    at += 1
    if re.fullmatch(r"[|>][+-]?", text):
        kept = []
        while at < len(lines) and (not lines[at] or _indent(lines[at]) > indent):
            kept.append(lines[at].strip())
            at += 1
        return "\n".join(kept).strip(), at
    if text[0] not in "'\"[{":
        while at < len(lines) and lines[at] and _indent(lines[at]) > indent:
            text += " " + lines[at].strip()
            at += 1
    return _flow(text), at


def _flow(text: str) -> Any:
    text = text.strip()
    if text[0] in "[{":
        value, rest = _flow_collection(text)
        if rest.strip() and not rest.strip().startswith("#"):
            raise ValueError(text)
        return value
    if text[0] in "'\"":
        end = text.index(text[0], 1)
        return text[1:end]
    text = re.split(r"\s#", text)[0].strip()
    words = {"true": True, "false": False, "null": None, "~": None}
    if text in words:
        return words[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def _flow_collection(text: str) -> tuple[Any, str]:
    closing = {"[": "]", "{": "}"}[text[0]]
    items: list[str] = [""]
    depth, quote = 0, ""
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "[{":
            depth += 1
            if depth == 1:
                continue
        elif character in "]}":
            depth -= 1
            if depth == 0:
                entries = [item.strip() for item in items if item.strip()]
                if character != closing:
                    raise ValueError(text)
                if closing == "]":
                    return [_flow(entry) for entry in entries], text[place + 1 :]
                pairs = (entry.partition(":") for entry in entries)
                return {key.strip(): _flow(value) for key, _, value in pairs}, text[place + 1 :]
        if character == "," and depth == 1 and not quote:
            items.append("")
        else:
            items[-1] += character
    raise ValueError(text)
