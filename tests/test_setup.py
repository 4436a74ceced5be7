"""The set-up says what it lacks, and the lock is whole: every package pinned and hashed, no registry named."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
LOCK = (PROJECT / "requirements.lock").read_text("utf-8")
WANTED = [
    line.split("#")[0].strip()
    for line in (PROJECT / ".ci" / "system-packages.txt").read_text("utf-8").splitlines()
    if line.split("#")[0].strip()
]
TOOLS = ("bash", "dirname", "env", "sed", "grep", "cat")


def stubbed(folder: Path, **commands: str) -> dict[str, str]:
    """An environment whose PATH holds nothing but the shell's tools and these scripts."""
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (folder / tool).symlink_to(found)
    for name, body in commands.items():
        script = folder / name.replace("_", "-")
        script.write_text(f"#!/bin/bash\n{body}\n", "utf-8")
        script.chmod(0o755)
    return {**os.environ, "PATH": str(folder)}


def install(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    script = PROJECT / ".ci" / "system-packages.sh"
    return subprocess.run([script], env=env, capture_output=True, text=True, timeout=60, check=False)


def installed(*names: str) -> str:
    return "".join(f"echo 'ii  {name}:amd64'\n" for name in names)


def test_nothing_is_done_when_nothing_is_missing(tmp_path: Path) -> None:
    done = install(stubbed(tmp_path, dpkg_query=installed(*WANTED), apt_get="exit 7", id="echo 0"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_missing_packages_are_named_and_installed(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    apt = f'echo "$@" >> {heard}'
    done = install(stubbed(tmp_path, dpkg_query=installed(*WANTED[2:]), apt_get=apt, id="echo 0"))
    assert done.returncode == 0
    assert f"installing system packages with apt-get: {WANTED[0]} {WANTED[1]}\n" in done.stdout
    updated, asked = heard.read_text().splitlines()
    assert updated.endswith("update")
    assert asked.endswith(f"install -y --no-install-recommends {WANTED[0]} {WANTED[1]}")


def test_a_half_removed_package_counts_as_missing(tmp_path: Path) -> None:
    query = installed(*WANTED[1:]) + f"echo 'rc  {WANTED[0]}'\n"
    done = install(stubbed(tmp_path, dpkg_query=query, apt_get="", id="echo 0"))
    assert f"apt-get: {WANTED[0]}\n" in done.stdout


def test_an_ordinary_user_goes_through_sudo(tmp_path: Path) -> None:
    sudo = f'>> {tmp_path / "used"}; "$@"'
    done = install(stubbed(tmp_path, dpkg_query="", apt_get="", id="echo 1000", sudo=sudo))
    assert done.returncode == 0
    assert (tmp_path / "used").exists()


def test_without_sudo_it_says_what_root_must_run(tmp_path: Path) -> None:
    done = install(stubbed(tmp_path, dpkg_query=installed(*WANTED[1:]), apt_get="exit 7", id="echo 1000"))
    assert done.returncode == 1
    assert f"apt-get install --no-install-recommends {WANTED[0]}\n" in done.stderr


def test_a_package_list_that_cannot_be_refreshed_is_no_end(tmp_path: Path) -> None:
    apt = 'case "$*" in *update) exit 100;; esac'
    done = install(stubbed(tmp_path, dpkg_query="", apt_get=apt, id="echo 0"))
    assert done.returncode == 0
    assert "not every package list" in done.stderr


def test_a_failed_install_ends_the_set_up(tmp_path: Path) -> None:
    apt = 'case "$*" in *install*) exit 100;; esac'
    done = install(stubbed(tmp_path, dpkg_query="", apt_get=apt, id="echo 0"))
    assert done.returncode == 1
    assert "could not install" in done.stderr


def locked() -> dict[str, str]:
    return {
        name.lower().replace("_", "-"): version
        for name, version in re.findall(r"(?m)^([A-Za-z0-9_.-]+)==(\S+)", LOCK)
    }


def test_every_locked_package_is_hashed_and_no_registry_is_named() -> None:
    for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", LOCK):
        if entry.strip() and not entry.startswith("#"):
            assert re.match(r"\S+==\S+", entry), entry
            assert "--hash=sha256:" in entry, entry
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", LOCK)


@pytest.mark.parametrize("part", ["dependencies", "dev", "build"])
def test_the_lock_holds_what_the_project_asks_for(part: str) -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    wanted = {
        "dependencies": settings["project"]["dependencies"],
        "dev": settings["project"]["optional-dependencies"]["dev"],
        "build": settings["build-system"]["requires"],
    }[part]
    for requirement in wanted:
        name, _, version = requirement.partition("==")
        assert locked()[name.partition("[")[0].lower().replace("_", "-")] == version
