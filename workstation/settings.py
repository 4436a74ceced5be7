"""Settings of this computer: where its data lies, which devices it uses. TOML beside the data, no secret in it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from platformdirs import user_data_path

FILE = "settings.toml"


class SettingsDamaged(Exception):
    """The settings file cannot be used; the message names the key."""


@dataclass(frozen=True)
class Settings:
    """Empty text: no such device here. Ports are paths or names as pyserial takes them, speeds are in baud;
    camera_exposure_ms 0 leaves the exposure to the camera. `tpm` is as tpm2-tss names it ("device:/dev/tpmrm0" when
    empty). `signing_screen` names the monitor that faces the person ("other": the only one beside the clerk's,
    "window": a window beside the clerk's own, empty: none). Each day at `backup_daily_at` (HH:MM, office time) a
    backup is made in `backup_folder` (absolute)."""

    camera: str = "usb:0"
    camera_width: int = 1280
    camera_height: int = 720
    camera_exposure_ms: int = 0
    card_camera: str = ""
    fingerprint_port: str = ""
    fingerprint_baud: int = 115200
    card_reader_port: str = ""
    card_reader_baud: int = 115200
    printer_uri: str = ""
    tpm: str = ""
    signing_screen: str = "other"
    backup_folder: str = ""
    backup_daily_at: str = ""


def data_folder(named: str | None, work: str) -> Path:
    """`named` (--data), else LAO_ID_DATA, else a folder of its own for each kind of `work` in the XDG data folder."""
    chosen = named or os.environ.get("LAO_ID_DATA")
    return Path(chosen) if chosen else user_data_path("lao-id-workstation") / work


def load_settings(data: Path) -> Settings:
    """The settings in `data`, or the defaults when there are none yet. Raises SettingsDamaged."""
    path = data / FILE
    if not path.exists():
        return Settings()
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsDamaged(str(error)) from error
    known = {field.name: type(field.default) for field in fields(Settings)}
    for name, value in held.items():
        if name not in known or not isinstance(value, known[name]):
            raise SettingsDamaged(name)
    return Settings(**held)


def save_settings(data: Path, settings: Settings) -> None:
    """Writes the file whole or not at all."""
    lines = []
    for name, value in asdict(settings).items():
        if isinstance(value, str):
            value = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        lines.append(f"{name} = {value}\n")
    fresh = data / (FILE + ".new")
    with open(fresh, "w", encoding="utf-8", opener=_for_its_owner) as file:
        file.write("".join(lines))
    fresh.replace(data / FILE)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
