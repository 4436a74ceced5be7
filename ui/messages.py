"""From an error to three short sentences: what happened, what is kept, what to do next; in the language spoken now.

The tables hold English texts; they are looked up in the catalogue when spoken. Qt-free: commands use it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devices.errors import DeviceError, DeviceGone, DeviceMissing, DeviceTimeout
from printing.errors import ContentError, LayoutError, PrinterError
from ui.crash_reports import number_of, place_of
from ui.fault_texts import DEVICES, PORTRAIT, PRINTER, REGISTRY
from ui.language import _
from ui.message_texts import FIELD_FAULTS, REFUSALS
from ui.words.fingers import finger_name
from ui.words.layout_problems import problem_line
from ui.words.registry import answer_words
from workstation.biometrics.fingerprint.record import AnalysisError
from workstation.domain.policy import PolicyDamaged
from workstation.domain.refused import Refused
from workstation.settings import SettingsDamaged
from workstation.sync.errors import RegistryError
from workstation.travel_documents.mrz import MrzError


@dataclass(frozen=True)
class Message:
    """Sentences for a person; `kept` and `next_step` may be empty."""

    what: str
    kept: str
    next_step: str

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(part for part in (self.what, self.kept, self.next_step) if part)


class _Facts(dict[str, str | int]):
    """Facts for a sentence; one that is not there is shown as a dash, never as a fault of its own."""

    def __missing__(self, key: str) -> str:
        return "–"


def _device_names() -> dict[str, str]:
    return {
        "camera": _("Camera"),
        "card_camera": _("Card camera"),
        "fingerprint": _("Fingerprint reader"),
        "card_reader": _("Card reader"),
        "printer": _("Printer"),
    }


def device_name(name: str) -> str:
    """A device as people call it."""
    return _device_names().get(name, name)


def field_fault(code: str) -> str:
    """The sentence under a field for the code of its fault."""
    known = FIELD_FAULTS.get(code)
    return _(known) if known else _("This entry cannot be used ({code}).").format(code=code)


def registry_fault(code: str) -> str:
    """What a code of the synchronisation means (RegistryFault, or "internal-error"; a number may follow it)."""
    name, _space, number = code.partition(" ")
    known = REGISTRY.get(name)
    told = _(known[0]) if known else _("The registry could not be reached ({code}).").format(code=code)
    return " ".join(part for part in (told, answer_words(number), f"({number})") if part) if number else told


def _speak(texts: tuple[str, str, str], facts: Mapping[str, str | int]) -> Message:
    spoken = _Facts(facts)
    for name in ("position", "other"):
        if isinstance(facts.get(name), int):
            spoken[name] = finger_name(int(facts[name])).lower()
    return Message(*(_(text).format_map(spoken) if text else "" for text in texts))


def _unknown(code: str) -> Message:
    return Message(
        _("This was not possible ({code}).").format(code=code),
        _("Nothing was lost."),
        _("Try again. If it stays so, tell the administrator this code."),
    )


def _refused(error: Refused) -> Message:
    texts = REFUSALS.get(error.reason)
    return _speak(texts, error.facts) if texts else _unknown(error.reason.value)


def _device(error: DeviceError) -> Message:
    facts = {**error.facts, "device": device_name(error.device)}
    kind = (
        "missing"
        if isinstance(error, DeviceMissing)
        else "gone"
        if isinstance(error, DeviceGone)
        else "late"
        if isinstance(error, DeviceTimeout)
        else "fault"
    )
    message = _speak(DEVICES.get(error.code, DEVICES[kind]), facts)
    if error.code in DEVICES:
        return message
    return Message(f"{message.what} ({error.code})", message.kept, message.next_step)


def _coded(table: Mapping[str, tuple[str, str, str]], code: str, facts: Mapping[str, str | int]) -> Message:
    return _speak(table[code], facts) if code in table else _unknown(code)


def _portrait(error: Exception) -> Message | None:
    # Brings the picture libraries with it, so only where an error may come from them.
    from workstation.biometrics.portrait.crop import PortraitError
    from workstation.biometrics.portrait.decode import PictureError

    if isinstance(error, PictureError):
        return _coded(PORTRAIT, f"picture-{error.code}", error.facts)
    return _coded(PORTRAIT, error.code, error.facts) if isinstance(error, PortraitError) else None


def _named(error: Exception) -> Message | None:
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, DeviceError):
        return _device(error)
    if isinstance(error, PrinterError):
        return _coded(PRINTER, error.code, error.facts)
    if isinstance(error, RegistryError):
        return _coded(REGISTRY, error.code.value, error.facts)
    if isinstance(error, AnalysisError):
        return _coded(PORTRAIT, f"analysis-{error.code}", {})
    if isinstance(error, ContentError):
        facts = {name: str(value) for name, value in error.facts.items()}
        return _coded(PRINTER, error.code, facts)
    if isinstance(error, MrzError):
        if error.code == "name":
            # The fault names the letter as U+XXXX.
            letters = [chr(int(point[2:], 16)) for point in error.failed]
            return _coded(PRINTER, "mrz-name", {"letter": " ".join(letters)})
        return _coded(PRINTER, "mrz", {"fields": ", ".join(error.failed)})
    if isinstance(error, LayoutError):
        return _coded(PRINTER, "layout", {"problem": problem_line(error.problems)})
    if isinstance(error, SettingsDamaged | PolicyDamaged):
        return _coded(PRINTER, "settings" if isinstance(error, SettingsDamaged) else "policy", {})
    if isinstance(error, OSError) and error.filename is not None:
        return _coded(PRINTER, "file", {"file": Path(str(error.filename)).name})
    return _portrait(error)


def explain(error: Exception) -> Message:
    """The message of an error; for what is not one of the program's named errors it says so, without values."""
    return _named(error) or Message(
        _("A fault in the program: {fault}.").format(fault=place_of(error)),
        _("What was saved before is kept."),
        _("Go on working; if it happens again, tell the administrator the number {number}.").format(
            number=number_of(error)
        ),
    )


def is_named(error: Exception) -> bool:
    """Whether it is one of the program's named errors; everything else is a fault in the program."""
    return _named(error) is not None
