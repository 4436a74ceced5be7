"""Every named error has a sentence in both languages; a bug is said without its values."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.errors import DeviceError, DeviceGone, DeviceMissing, DeviceTimeout
from printing.errors import LayoutError, LayoutProblem, MissingGlyph, PrinterError
from tests.workstation.registry.yaml_reader import read_yaml
from ui import fault_texts, message_texts
from ui.language import language, set_language
from ui.messages import explain, field_fault, registry_fault
from ui.words.fingers import finger_name
from ui.words.registry import answer_words, refusal_words
from workstation.biometrics.fingerprint.record import AnalysisError
from workstation.biometrics.portrait.crop import PortraitError
from workstation.domain.refused import Reason, Refused
from workstation.registry.decisions import RefusalReason
from workstation.registry.refusals import RefusalCode
from workstation.sync.errors import RegistryError, RegistryFault

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True, params=["en", "lo"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    before = language()
    set_language(request.param)
    yield str(request.param)
    set_language(before)


def codes_raised(folder: str, kind: str) -> set[str]:
    """The codes with which a kind of error is raised in the sources of a folder."""
    pattern = re.compile(kind + r'\(\s*(?:[A-Za-z_.]+,\s*)?"([a-z-]+)"')
    sources = [f for f in (ROOT / folder).rglob("*.py") if "simulated" not in f.parts]
    return {code for f in sources for code in pattern.findall(f.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("reason", list(Reason), ids=lambda reason: reason.value)
def test_every_refusal_has_its_sentence(reason: Reason) -> None:
    assert reason in message_texts.REFUSALS
    message = explain(Refused(reason, position=2, other=7, minimum=10))
    assert message.what
    assert reason.value not in message.text
    assert "{" not in message.text


def test_every_code_of_a_driver_has_its_sentence() -> None:
    raised = codes_raised("devices", r"Device\w+")
    assert "no-finger" in raised
    assert sorted(raised - fault_texts.DEVICES.keys()) == []


def test_every_code_of_a_printer_has_its_sentence() -> None:
    raised = codes_raised("printing", "PrinterError")
    assert "unreachable" in raised
    assert sorted(raised - fault_texts.PRINTER.keys()) == []


@pytest.mark.parametrize("fault", list(RegistryFault), ids=lambda fault: fault.value)
def test_every_fault_of_the_line_has_its_sentence(fault: RegistryFault) -> None:
    assert explain(RegistryError(fault)).what == registry_fault(fault.value)


@pytest.mark.parametrize("reason", list(RefusalReason), ids=lambda reason: reason.value)
def test_every_reason_of_the_registry_is_said_with_what_to_do(reason: RefusalReason, spoken: str) -> None:
    what, next_step = refusal_words(reason.value)
    assert (what, next_step) != refusal_words("a-reason-nobody-knows")
    assert reason.value not in what
    for told in (what, next_step):
        assert told.endswith(".")
        assert bool(re.search("[\u0e80-\u0eff]", told)) is (spoken == "lo")


def test_the_published_reasons_of_the_registry_are_these() -> None:
    published = read_yaml((ROOT / "workstation/registry/extensions.yaml").read_text(encoding="utf-8"))
    listed = published["components"]["schemas"]["DecisionEvent"]["properties"]["reason"]["enum"]
    assert sorted(listed) == sorted(RefusalReason)


def test_a_reason_of_another_registry_keeps_its_name() -> None:
    what, next_step = refusal_words("card-in-circulation")
    assert "card-in-circulation" in what
    assert next_step


@pytest.mark.parametrize("code", list(RefusalCode), ids=lambda code: str(int(code)))
def test_every_number_of_the_registry_is_said(code: RefusalCode) -> None:
    told = registry_fault(f"refused {int(code)}")
    assert told.startswith(registry_fault("refused"))
    assert answer_words(str(int(code))) in told
    assert answer_words(str(int(code)))
    assert told.endswith(f"({int(code)})")


@pytest.mark.parametrize(
    "code", ["too-slow", "crashed", "not-a-finger", "bad-image", "engine-unavailable", "closed"]
)
def test_every_fault_of_the_analysis_has_its_sentence(code: str) -> None:
    assert f"({code})" not in explain(AnalysisError(code)).text


@pytest.mark.parametrize(
    "error",
    [
        DeviceMissing("fingerprint", "port-not-found", path="/dev/ttyUSB0"),
        DeviceGone("card_reader", "unplugged"),
        DeviceTimeout("camera", "no-frame"),
        PrinterError("no-answer", uri="ipp://printer"),
        PortraitError("no-face", faces=0),
        MissingGlyph(text="龍", element="name"),
        LayoutError((LayoutProblem("too-large"),)),
        FileNotFoundError(2, "No such file", "/home/somebody/slips/x.pdf"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_kept_is_always_said(error: Exception) -> None:
    message = explain(error)
    assert message.what
    assert message.kept
    assert "{" not in message.text


def test_facts_stand_in_the_sentence() -> None:
    assert "/dev/ttyUSB0" in explain(DeviceMissing("fingerprint", "port-not-found", path="/dev/ttyUSB0")).what
    assert finger_name(7).lower() in explain(Refused(Reason.TOO_FEW_FINGERS, position=7)).what
    assert "4004" in registry_fault("refused 4004")


def test_an_unknown_code_is_named(spoken: str) -> None:
    assert "brand-new" in explain(DeviceError("camera", "brand-new")).what
    assert "brand-new" in explain(PrinterError("brand-new")).what
    assert "brand-new" in field_fault("brand-new")


def test_a_bug_is_said_without_its_values() -> None:
    name = "ສົມຊາຍ"
    ages: dict[str, int] = {}
    try:
        ages[name]
    except KeyError as error:
        message = explain(error)
    assert name not in message.text
    assert "KeyError (test_messages.py:" in message.what
