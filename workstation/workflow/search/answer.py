"""Is my card ready? Where an application is and what is still to come, for the person at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from printing.slips import ReceiptContent, SlipLine, render_receipt
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import application, draft_fields
from workstation.database.boxes import ready_card
from workstation.database.captures import fingers_of
from workstation.database.policies import policy_of
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import ENDS, PATH, Stage
from workstation.workflow.intake.slip import best_fingers_line
from workstation.workflow.office import Office
from workstation.workflow.return_day import promised, return_day

_STAGES_LO = {
    Stage.INTAKE: "ຮັບຄຳຮ້ອງ",
    Stage.PHOTO: "ຖ່າຍຮູບ",
    Stage.FINGERPRINTS: "ລາຍນິ້ວມື",
    Stage.REVIEW: "ກວດທານ",
    Stage.DECISION: "ລໍຖ້າສູນກາງ",
    Stage.PRINT: "ພິມບັດ",
    Stage.ENCODE: "ຂຽນຊິບ",
    Stage.CHECK: "ກວດບັດ",
    Stage.HAND_OVER: "ມອບບັດ",
}


@dataclass(frozen=True)
class Answer:
    """`to_come` are the stages after this one that the application's policy does not leave out.

    `come_back` is the day that the policy promised to those who wait; None where it promises none. Of a finished card:
    `place` is where it is filed ("1-03-12"; empty: not filed), `seal` the parcel in which it left.
    """

    application_id: str
    stage: Stage
    since: datetime
    to_come: tuple[Stage, ...]
    ending: str
    come_back: date | None
    place: str = ""
    seal: str = ""

    @property
    def ready(self) -> bool:
        """Whether the card lies here for the person."""
        return self.stage is Stage.HAND_OVER and not self.seal


def read_answer(connection: Connection, application_id: str) -> Answer:
    """Raises Refused NO_SUCH_APPLICATION."""
    row = application(connection, application_id)
    left_out = policy_of(connection, row.policy_version).switched_off
    waits = ready_card(connection, row.id)
    after = PATH[PATH.index(row.stage) + 1 :] if row.stage in PATH else ()
    return Answer(
        row.id,
        row.stage,
        row.stage_since,
        tuple(stage for stage in after if stage not in left_out),
        row.ending or "",
        return_day(connection, row),
        "" if waits is None or waits.place is None else waits.place.text,
        "" if waits is None or waits.seal is None else waits.seal,
    )


def answer(office: Office, application_id: str) -> Answer:
    """The answer as it is now. Raises Refused NO_SUCH_APPLICATION."""
    return office.store.read(lambda connection: read_answer(connection, application_id))


def return_slip(office: Office, application_id: str, today: date) -> bytes:
    """A slip (PDF) to come back with: number, name, where it stands, what is still to come.

    Raises Refused NO_SUCH_APPLICATION, MOVE_NOT_ALLOWED for an application that has ended.
    """

    def query(connection: Connection) -> tuple[Answer, str, str, str, tuple[SlipLine, ...]]:
        row = application(connection, application_id)
        if row.stage in ENDS:
            raise Refused(Reason.MOVE_NOT_ALLOWED, stage=row.stage.value)
        typed = draft_fields(connection, application_id) or {}
        return (
            read_answer(connection, application_id),
            row.number,
            row.name_lo or full_name_lo(typed) or "-",
            row.name_latin or full_name_latin(typed) or "-",
            best_fingers_line(fingers_of(connection, application_id).values()),
        )

    found, number, name_lo, name_latin, best = office.store.read(query)
    stages = [_STAGES_LO[stage] for stage in found.to_come]
    return render_receipt(
        ReceiptContent(
            title_lo="ໃບຕິດຕາມຄຳຮ້ອງ",
            title_en="Return slip",
            office=office.station.office_name,
            date=f"{today:%d/%m/%Y}",
            application_number=number,
            lines=(
                SlipLine("ຊື່ ແລະ ນາມສະກຸນ", "Name", name_lo),
                SlipLine("ຊື່ (ພາສາອັງກິດ)", "Name in Latin letters", name_latin),
                SlipLine("ຂັ້ນຕອນປັດຈຸບັນ", "Now at", _STAGES_LO[found.stage]),
                SlipLine("ຕັ້ງແຕ່ວັນທີ", "Since", f"{clock.office_day(found.since):%d/%m/%Y}"),
                SlipLine("ຂັ້ນຕອນຕໍ່ໄປ", "Still to come", ", ".join(stages) or "-"),
                *best,
            ),
            day=promised(found.come_back),
            note_lo="ກະລຸນາເອົາໃບນີ້ມາພ້ອມ ເພື່ອຖາມຫາບັດຂອງທ່ານ.",
            note_en="Please bring this slip when you ask for your card.",
        )
    )
