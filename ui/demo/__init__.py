"""`workstation demo`: an office is founded, one card is issued through the real windows, and everything is closed."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from devices.errors import DeviceError
    from ui.demo.diary import Diary
    from ui.demo.journey import Desk
    from ui.demo.world import World

CLERK, SUPERVISOR, ADMINISTRATOR = "bounmy", "somchit", "khamla"
OFFICE_NAME = "ປກສ ເມືອງຈັນທະບູລີ"
# The reference registry's last word on a card in the citizen's hand.
HANDED_OVER = "HANDED_OVER"


@contextmanager
def a_screen() -> Iterator[None]:
    """The person's own screen when there is one, else Xvfb for as long as this lasts."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "win32":
        yield
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            os.environ["DISPLAY"] = ":" + told.readline().strip()
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield
    finally:
        del os.environ["DISPLAY"]
        server.terminate()
        server.wait()


def found_office(data: Path, world: World) -> dict[str, str]:
    """Founds the office as the first start does; returns user name -> random password, and the passphrase."""
    from workstation.domain.operator import Role
    from workstation.domain.station import Work
    from workstation.settings import Settings, save_settings
    from workstation.startup import NewOffice, begin_first_start, close_office, create_office, open_office
    from workstation.workflow.operators import add_operator
    from workstation.workflow.seeding.blanks import load_invented_box
    from workstation.workflow.sign_in import sign_in

    secret = {name: secrets.token_urlsafe(12) for name in (CLERK, SUPERVISOR, ADMINISTRATOR, "passphrase")}
    _, code = begin_first_start(data)
    create_office(
        data,
        NewOffice(
            office_code="VTE",
            station_code="S1",
            office_name=OFFICE_NAME,
            province_code="01",
            district_code="0101",
            work=Work.DEMO,
            registry_url=world.registry_url,
            passphrase=secret["passphrase"],
            administrator_username=ADMINISTRATOR,
            administrator_name="ນາງ ຄຳຫຼ້າ",
            administrator_password=secret[ADMINISTRATOR],
        ),
        code,
    )
    office = open_office(data, secret["passphrase"])
    try:
        who = sign_in(office, ADMINISTRATOR, secret[ADMINISTRATOR])
        for username, name, role in (
            (CLERK, "ທ້າວ ບຸນມີ", Role.CLERK),
            (SUPERVISOR, "ທ່ານ ສົມຈິດ", Role.SUPERVISOR),
        ):
            add_operator(
                office, who, username=username, display_name=name, role=role, password=secret[username]
            )
        load_invented_box(office, sign_in(office, SUPERVISOR, secret[SUPERVISOR]))
    finally:
        close_office(office)
    save_settings(
        data,
        Settings(
            camera=world.camera.told.split()[-1],
            card_camera=f"file:{world.card_picture}",
            fingerprint_port=world.sfm.told,
            fingerprint_baud=world.baud,
            card_reader_port=world.pn532.told,
            card_reader_baud=world.baud,
            printer_uri=world.printer.uri if world.printer else "",
        ),
    )
    return secret


def issue_card(desk: Desk, secret: dict[str, str]) -> str:
    """An ordinary day for one person: the clerk captures, the supervisor approves, prints, checks, hands over."""
    from ui.demo import journey
    from workstation.domain.stages import Stage

    journey.unlock_and_sign_in(desk, CLERK, secret[CLERK])
    application_id = journey.intake(desk)
    journey.photo(desk)
    journey.fingerprints(desk)
    journey.sign_out(desk)
    journey.unlock_and_sign_in(desk, SUPERVISOR, secret[SUPERVISOR])
    journey.open_first(desk, Stage.REVIEW)
    journey.approve(desk)
    journey.await_decision(desk)
    journey.print_card(desk)
    journey.check_card(desk)
    journey.hand_over(desk)
    return application_id


def registry_status(registry_url: str, application_id: str, seconds: float = 30.0) -> dict[str, str]:
    """What the registry holds of the application, once it knows of the hand-over or the time is up."""
    end = perf_counter() + seconds
    while True:
        answer = httpx.get(f"{registry_url}/v1/registrations/{application_id}", timeout=5.0)
        held: dict[str, str] = answer.json() if answer.status_code == 200 else {}
        if held.get("status") == HANDED_OVER or perf_counter() > end:
            return held
        sleep(0.2)


def run_demo(out: Path) -> int:
    """Leaves card.pdf, receipt.pdf, NN-stage.png and journey.json in `out`; 0 when the card was handed over."""
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("[0-9][0-9]-*.png"), *out.glob("*.pdf"), *out.glob("journey.json")):
        old.unlink()
    folder = Path(tempfile.mkdtemp(prefix="lao-id-demo-"))
    try:
        with a_screen():
            return _journey(out, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _journey(out: Path, folder: Path) -> int:
    from devices.errors import DeviceError
    from ui.demo.diary import Diary
    from ui.demo.journey import Desk
    from ui.demo.person import NotShown, Person
    from ui.demo.world import World, WorldError

    data = folder / "office"
    diary = Diary(out, told=lambda stage, seconds: print(f"{stage:<14} {seconds:6.1f} s", flush=True))
    try:
        with World(folder / "world") as world:
            secret = found_office(data, world)
            from PySide6.QtWidgets import QApplication

            from ui.app import App
            from ui.language import set_language
            from ui.theme import apply_theme
            from workstation.domain.station import Work

            application = QApplication(["workstation"])
            set_language("lo")
            apply_theme(application)
            keyfile = folder / "passphrase"
            keyfile.touch(mode=0o600)
            keyfile.write_text(secret["passphrase"])
            os.environ["LAO_ID_PASSPHRASE_FILE"] = str(keyfile)
            app = App(data, Work.DEMO)
            try:
                app.start()
                desk = Desk(app, Person(lambda: app.window), world, diary)
                try:
                    desk.person.sit_down()
                    application_id = issue_card(desk, secret)
                except NotShown as missing:
                    diary.picture(desk.person, "stopped-here")
                    print(f"The journey stopped: {missing}. The last picture shows where.", file=sys.stderr)
                    return 1
                _keep_papers(app, application_id, out)
                # While the program is open: what waits in its outbox goes with it.
                held = registry_status(world.registry_url, application_id)
            finally:
                app.close()
            return _report(out, held, application_id, diary)
    except WorldError as error:
        print(f"The demonstration could not begin: {error}", file=sys.stderr)
    except DeviceError as error:
        print(_printer_sentence(error), file=sys.stderr)
    return 1


def _printer_sentence(error: DeviceError) -> str:
    if "run" in error.facts:
        return f"The demonstration's printer needs the system's D-Bus and Avahi; as root run: {error.facts['run']}"
    if "package" in error.facts:
        return f"The demonstration's printer needs the package {error.facts['package']}: run  make setup"
    return f"The demonstration's printer did not start: {error.facts.get('output', error.code)}"


def _keep_papers(app: object, application_id: str, out: Path) -> None:
    from ui.app import App
    from workstation.workflow.hand_over.view import view as hand_over_view
    from workstation.workflow.print.view import view as print_view

    assert isinstance(app, App)
    assert app.office is not None
    (out / "card.pdf").write_bytes(print_view(app.office, application_id).pdf)
    (out / "receipt.pdf").write_bytes(hand_over_view(app.office, application_id).receipt or b"")


def _report(out: Path, held: dict[str, str], application_id: str, diary: Diary) -> int:
    handed_over = held.get("status") == HANDED_OVER
    (out / "journey.json").write_text(
        json.dumps(
            {
                "handed_over": handed_over,
                "application": application_id,
                "identity_number": held.get("identityNumber", ""),
                "registry_status": held.get("status", ""),
                "stages": [{"stage": stage, "seconds": round(seconds, 2)} for stage, seconds in diary.stages],
            },
            indent=2,
        )
    )
    if not handed_over:
        print("The registry does not hold the hand-over.", file=sys.stderr)
        return 1
    print(f"The card was handed over; everything is in {out}/")
    return 0
