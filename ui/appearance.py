"""What people chose for their eyes: language and appearance, kept for the station and for each operator of it.

A TOML file beside the settings. An operator stands in it by id, so that nothing personal lies outside the database.
"""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ui.language import LANGUAGES
from ui.palettes import PALETTES

FILE = "appearance.toml"
STATION = "station"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Appearance:
    """`language` is one of LANGUAGES, `palette` one of PALETTES."""

    language: str
    palette: str


def load_appearances(data: Path) -> dict[str, Appearance]:
    """What was kept in the folder `data`: STATION and operators' ids. What cannot be read was never chosen."""
    try:
        held = tomllib.loads((data / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # It is about comfort only: nobody is kept from work, and the next choice writes the file anew.
        _log.warning("%s cannot be read: %s", FILE, type(error).__name__)
        return {}
    found = {}
    for who, chosen in held.items():
        if isinstance(chosen, dict) and _known(chosen):
            found[who] = Appearance(chosen["language"], chosen["palette"])
    return found


def _known(chosen: Mapping[str, object]) -> bool:
    return chosen.get("language") in LANGUAGES and chosen.get("palette") in PALETTES


def keep_appearances(data: Path, chosen: Mapping[str, Appearance]) -> None:
    """Writes the file whole or not at all; a disk that refuses is told to the log, and the choice ends with the run."""
    parts = [
        f'["{who}"]\nlanguage = "{kept.language}"\npalette = "{kept.palette}"\n'
        for who, kept in sorted(chosen.items())
    ]
    fresh = data / (FILE + ".new")
    try:
        descriptor = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(parts))
        fresh.replace(data / FILE)
    except OSError as error:
        _log.warning("%s cannot be written: %s", FILE, type(error).__name__)
