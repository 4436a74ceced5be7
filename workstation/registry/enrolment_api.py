"""OSIA 7.1 enrolment operations (enrollment.yaml 1.3.0): create, read, update, finalize, find, delete."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Path, Query, Request, Response
from sqlalchemy import Connection

from workstation import clock
from workstation.registry.decisions import decide_waiting
from workstation.registry.enrolment_rules import check_complete, merged, without_read_only
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.request_body import json_list, json_object
from workstation.registry.schemas import Enrollment, Expression, check_shape
from workstation.registry.store import enrolments
from workstation.registry.store.database import RegistryStore
from workstation.registry.store.enrolments import Held

router = APIRouter(prefix="/v1/enrollments")

EnrolmentId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
TransactionId = Annotated[str, Query(alias="transactionId", min_length=1, max_length=200)]
Finalize = Annotated[bool, Query()]
JsonObject = Annotated[dict[str, Any], Depends(json_object)]


def store_of(request: Request) -> RegistryStore:
    """The open database (FastAPI dependency)."""
    store: RegistryStore = request.app.state.store
    return store


Store = Annotated[RegistryStore, Depends(store_of)]


@router.post("/{enrolment_id}", status_code=204, response_class=Response)
def create_enrollment(
    enrolment_id: EnrolmentId,
    transaction_id: TransactionId,
    body: JsonObject,
    store: Store,
    after: BackgroundTasks,
    finalize: Finalize = False,
) -> None:
    """createEnrollment. A second create is refused with 409, whatever it holds."""
    check_shape(Enrollment, body)
    with store.write() as connection:
        if enrolments.find(connection, enrolment_id) is not None:
            raise RegistryRefusal(RefusalCode.EXISTS_ALREADY, "enrollmentId")
        enrolments.add(connection, enrolment_id, without_read_only(body), clock.now().isoformat())
        _finalize_if(finalize, connection, enrolment_id, after, store)


@router.get("/{enrolment_id}")
def read_enrollment(
    enrolment_id: EnrolmentId,
    transaction_id: TransactionId,
    store: Store,
    attributes: Annotated[list[str] | None, Query()] = None,
) -> dict[str, Any]:
    """readEnrollment. `attributes` narrows biographicData."""
    with store.read() as connection:
        document = _known(connection, enrolment_id).document()
    if attributes is not None and "biographicData" in document:
        person = document["biographicData"]
        document["biographicData"] = {name: person[name] for name in attributes if name in person}
    return document


@router.put("/{enrolment_id}", status_code=204, response_class=Response)
def update_enrollment(
    enrolment_id: EnrolmentId,
    transaction_id: TransactionId,
    body: JsonObject,
    store: Store,
    after: BackgroundTasks,
    finalize: Finalize = False,
) -> None:
    """updateEnrollment."""
    check_shape(Enrollment, body)
    with store.write() as connection:
        _open(connection, enrolment_id)
        enrolments.replace(connection, enrolment_id, without_read_only(body))
        _finalize_if(finalize, connection, enrolment_id, after, store)


@router.patch("/{enrolment_id}", status_code=204, response_class=Response)
def partial_update_enrollment(
    enrolment_id: EnrolmentId,
    transaction_id: TransactionId,
    body: JsonObject,
    store: Store,
    after: BackgroundTasks,
    finalize: Finalize = False,
) -> None:
    """partialUpdateEnrollment (RFC 7396)."""
    with store.write() as connection:
        document = merged(_open(connection, enrolment_id).body, without_read_only(body))
        check_shape(Enrollment, document)
        enrolments.replace(connection, enrolment_id, document)
        _finalize_if(finalize, connection, enrolment_id, after, store)


@router.put("/{enrolment_id}/finalize", status_code=204, response_class=Response)
def finalize_enrollment(
    enrolment_id: EnrolmentId, transaction_id: TransactionId, store: Store, after: BackgroundTasks
) -> None:
    """finalizeEnrollment. Repeating it is no fault: PUT is idempotent."""
    with store.write() as connection:
        if _known(connection, enrolment_id).status != "FINALIZED":
            _finalize_if(True, connection, enrolment_id, after, store)


@router.delete("/{enrolment_id}", status_code=204, response_class=Response)
def delete_enrollment(enrolment_id: EnrolmentId, transaction_id: TransactionId, store: Store) -> None:
    """deleteEnrollment. What was finalized stays."""
    with store.write() as connection:
        _open(connection, enrolment_id)
        enrolments.remove(connection, enrolment_id)


@router.post("")
def find_enrollments(
    transaction_id: TransactionId,
    expressions: Annotated[list[Any], Depends(json_list)],
    store: Store,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[dict[str, Any]]:
    """findEnrollments."""
    for expression in expressions:
        check_shape(Expression, expression)
    wanted = [(e["attributeName"], e["operator"], e["value"]) for e in expressions]
    with store.read() as connection:
        return [held.document() for held in enrolments.search(connection, wanted, offset, limit)]


def _known(connection: Connection, enrolment_id: str) -> Held:
    held = enrolments.find(connection, enrolment_id)
    if held is None:
        raise RegistryRefusal(RefusalCode.UNKNOWN_ENROLMENT, "enrollmentId")
    return held


def _open(connection: Connection, enrolment_id: str) -> Held:
    held = _known(connection, enrolment_id)
    if held.status == "FINALIZED":
        raise RegistryRefusal(RefusalCode.FINALIZED_ALREADY, "status")
    return held


def _finalize_if(
    wanted: bool, connection: Connection, enrolment_id: str, after: BackgroundTasks, store: RegistryStore
) -> None:
    if wanted:
        body = _known(connection, enrolment_id).body
        check_complete(enrolment_id, body, enrolments.buffer_ids(connection, enrolment_id))
        enrolments.mark_finalized(connection, enrolment_id, clock.now().isoformat())
        after.add_task(decide_waiting, store)
