"""The registry as a process: its address, its refusals, its end, and what a kill leaves."""

from __future__ import annotations

import argparse
import runpy
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.registry_process import PROJECT, RegistryProcess, command
from tests.workstation.registry.conftest import Counter, full_record
from tests.workstation.registry.referee import SHARED, Referee


@pytest.fixture
def process(tmp_path: Path) -> Iterator[RegistryProcess]:
    running = RegistryProcess(tmp_path / "registry.db")
    yield running
    running.stop()


def test_sigterm_is_a_clean_end(process: RegistryProcess) -> None:
    assert httpx.get(f"{process.url}/v1/feed", trust_env=False).status_code == 200
    assert process.stop() == 0


def test_everything_answered_survives_a_kill(process: RegistryProcess) -> None:
    whole = full_record()
    with httpx.Client(base_url=process.url, trust_env=False) as client:
        told = Counter(client).enrol(whole)
        signers = client.get("/v1/card-signers").json()
        while told["status"] == "FINALIZED":
            told = Counter(client).registration(whole)
    process.kill()
    process.start()
    with httpx.Client(base_url=process.url, trust_env=False) as client:
        assert Counter(client).registration(whole) == told
        assert client.get("/v1/card-signers").json() == signers


def test_a_decision_that_was_owed_is_made_at_the_next_start(process: RegistryProcess) -> None:
    """As if the registry had been killed between the finalize and the decision."""
    whole = full_record()
    with httpx.Client(base_url=process.url, trust_env=False) as client:
        counter = Counter(client)
        counter.create(whole)
        counter.refer(whole, counter.send_images(whole))
    process.stop()
    with sqlite3.connect(process.database) as database:
        database.execute("UPDATE enrolments SET status = 'FINALIZED', finalized_at = '2026'")
    database.close()
    process.start()
    answer = httpx.get(f"{process.url}/v1/registrations/{whole.enrolment_id}", trust_env=False)
    assert answer.json()["status"] == "ACCEPTED"


def test_a_body_that_never_ends_holds_up_nobody(process: RegistryProcess) -> None:
    with socket.create_connection(("127.0.0.1", process.port)) as half_open:
        half_open.sendall(
            b"POST /v1/enrollments/x?transactionId=t HTTP/1.1\r\nHost: r\r\nContent-Length: 900\r\n\r\n{"
        )
        assert httpx.get(f"{process.url}/v1/feed", trust_env=False).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--database", "sqlite:///{}/r.db", "--listen", "0.0.0.0:0"], "only on 127.0.0.1"),
        (["--database", "sqlite:///{}/r.db", "--listen", "192.0.2.7:80"], "only on 127.0.0.1"),
        (["--database", "sqlite:///{}/r.db", "--listen", "nonsense"], "HOST:PORT"),
        (["--database", "sqlite:///{}/r.db", "--listen", "127.0.0.1:99999"], "HOST:PORT"),
        (["--database", "postgresql://host/db", "--listen", "127.0.0.1:0"], "sqlite:///PATH"),
        (["--database", "nonsense", "--listen", "127.0.0.1:0"], "sqlite:///PATH"),
        (["--database", "sqlite:///{}/none/r.db", "--listen", "127.0.0.1:0"], "folder is missing"),
        (["--database", "sqlite:///{}/text", "--listen", "127.0.0.1:0"], "no registry database"),
    ],
)
def test_refusals_are_sentences(
    tmp_path: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    assert answered([argument.format(tmp_path) for argument in arguments]) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
    assert said.out == ""


def test_a_taken_port_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        assert answered(["--database", f"sqlite:///{tmp_path}/other.db", "--listen", listen]) == 1
    assert "another program" in capsys.readouterr().err


def answered(arguments: list[str]) -> int:
    """The exit code of the command in this process; for calls that end before serving."""
    module = runpy.run_path(str(PROJECT / "ui" / "commands" / "registry.py"))
    parser = argparse.ArgumentParser()
    module["register"](parser.add_subparsers())
    args = parser.parse_args(["registry", *arguments])
    return int(args.run(args))


def test_wrong_usage_is_2() -> None:
    ended = subprocess.run(command(), cwd=PROJECT, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 2


def test_the_real_socket_speaks_as_the_interfaces_say(process: RegistryProcess) -> None:
    if not SHARED.is_dir():
        pytest.skip("shared samples are not beside this checkout")
    referee = Referee()
    with httpx.Client(base_url=process.url, trust_env=False) as client:
        client.event_hooks = {"response": [referee.judge]}
        Counter(client).enrol(full_record())
    assert "finalizeEnrollment 204" in referee.seen
