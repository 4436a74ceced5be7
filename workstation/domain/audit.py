"""The closed vocabulary of the audit trail: one tag for each thing that can have happened."""

from __future__ import annotations

from enum import StrEnum


class AuditTag(StrEnum):
    """Stable once landed: an auditor's filters name them."""

    OFFICE_CREATED = "office.created"
    OPERATOR_CREATED = "operator.created"
    SIGN_IN = "sign_in.accepted"
    SIGN_IN_REFUSED = "sign_in.refused"
    SIGN_OUT = "sign_in.ended"
    APPLICATION_STARTED = "application.started"
    APPLICANT_CONTACTED = "applicant.contacted"
    CLAIM_TAKEN_OVER = "claim.taken_over"
    APPLICATION_MOVED = "application.moved"
    KIND_CHOSEN = "application.kind_chosen"
    FEE_TAKEN = "fee.taken"
    FORM_IN_FORCE = "form.in_force"
    FORM_REFUSED = "form.refused"
    PRE_REGISTRATION_RECEIVED = "pre_registration.received"
    PRE_REGISTRATION_OPENED = "pre_registration.opened"
    HOUSEHOLD_CARRIED = "household.carried"
    HOUSEHOLD_CONFIRMED = "household.confirmed"
    CLOCK_ACCEPTED = "clock.accepted"
    PORTRAIT_TAKEN = "portrait.taken"
    PORTRAIT_FORCED = "portrait.forced"
    FINGER_TAKEN = "finger.taken"
    FINGER_MISSING = "finger.missing"
    CARD_JOB_CHANGED = "card_job.changed"
    CARD_CHECK_FAILED = "card_check.failed"
    CHIP_BOUND = "chip.bound"
    FINGER_MATCHED = "hand_over.matched"
    FINGER_NOT_MATCHED = "hand_over.not_matched"
    DECISION_RECEIVED = "decision.received"
    OUTBOX_SENT = "outbox.sent"
    OUTBOX_REFUSED = "outbox.refused"
    SIGNER_PINNED = "signer.pinned"
