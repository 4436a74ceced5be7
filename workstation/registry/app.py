"""The registry as an ASGI application: its routes, its errors, its open database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from workstation import clock
from workstation.registry import (
    approvals_api,
    buffer_api,
    checkpoints_api,
    credential_api,
    enrolment_api,
    extensions_api,
    form_api,
    layout_api,
    position_api,
    pre_registration_api,
    sealing_api,
    segments_api,
)
from workstation.registry.decisions import decide_waiting
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import card_signers, sealing_keys
from workstation.registry.store.database import RegistryStore


def create_app(database_url: str) -> FastAPI:
    """The application over the database at `database_url` (sqlite:///PATH), which is opened here and closed when the
    server ends. Raises store.database.CannotOpen."""
    store = RegistryStore(database_url)
    with store.write() as connection:
        card_signers.make_first(connection, clock.now().isoformat())
        sealing_keys.make_first(connection, clock.now().isoformat())

    @asynccontextmanager
    async def serving(_app: FastAPI) -> AsyncIterator[None]:
        # A registry that was killed between a finalize and its decision owes that decision.
        await run_in_threadpool(decide_waiting, store)
        try:
            yield
        finally:
            store.close()

    app = FastAPI(title="Lao ID reference registry", lifespan=serving, openapi_url=None)
    app.state.store = store
    rooms = (
        approvals_api,
        enrolment_api,
        buffer_api,
        checkpoints_api,
        credential_api,
        extensions_api,
        form_api,
        layout_api,
        position_api,
        pre_registration_api,
        sealing_api,
        segments_api,
    )
    for room in rooms:
        app.include_router(room.router)
    app.add_exception_handler(RegistryRefusal, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(HTTPException, _unknown_route)
    return app


async def _refused(_request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, RegistryRefusal)
    return JSONResponse(fault.body(), fault.status)


async def _malformed(request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, RequestValidationError)
    places = [".".join(str(step) for step in error["loc"]) for error in fault.errors()]
    return await _refused(request, RegistryRefusal(RefusalCode.MALFORMED, ", ".join(places)))


async def _gone(request: Request, _fault: Exception) -> JSONResponse:
    return await _refused(request, RegistryRefusal(RefusalCode.MALFORMED, "body cut off"))


async def _unknown_route(_request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, HTTPException)
    body = RegistryRefusal(RefusalCode.NO_SUCH_OPERATION, str(fault.status_code)).body()
    return JSONResponse(body, fault.status_code, headers=fault.headers)
