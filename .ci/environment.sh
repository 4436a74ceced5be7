#!/usr/bin/env bash
# Makes .venv from requirements.lock: pinned, hash-checked, nothing resolved, nothing built from unpinned tools.
# Does nothing when the environment already is the one that the lock describes.
set -euo pipefail
cd "$(dirname "$0")/.."

python="${PYTHON:-python3}"
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null; then
    echo "setup: Python 3.11 or 3.12 is needed and '$python' is not; name one with  make PYTHON=/path/to/python3.11" >&2
    exit 1
fi

state="$(pwd) $("$python" -VV) $(cat requirements.lock pyproject.toml .ci/environment.sh | sha256sum)"
stamp=.venv/set-up
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

# Another interpreter, or a moved folder, makes every path inside the environment wrong.
if [ -d .venv ] && ! { .venv/bin/python -m pip --version >/dev/null 2>&1 &&
    [ "$(.venv/bin/python -VV)" = "$("$python" -VV)" ] &&
    [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)')" = "$(pwd)/.venv" ] &&
    [ "$(head -c 2 .venv/bin/pip 2>/dev/null)" = "#!" ] &&
    head -n 1 .venv/bin/pip | grep -qF "$(pwd)/.venv/"; }; then
    echo "setup: .venv belongs to another interpreter or folder; making it anew"
    rm -rf .venv
fi
rm -f "$stamp"
if [ ! -d .venv ]; then
    echo "setup: making .venv with $("$python" -V)"
    "$python" -m venv .venv
fi

pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps --no-build-isolation)
build_tools="$(mktemp)"
trap 'rm -f "$build_tools"' EXIT
# The packages that others are built with go first: without build isolation nothing unpinned is fetched for them.
awk '/^[^ #]/ { keep = /^(setuptools|setuptools-scm|vcs-versioning|packaging|typing-extensions|pkgconfig|cffi|pycparser|asn1crypto)==/ }
    keep' requirements.lock >"$build_tools"
echo "setup: installing the pinned packages of requirements.lock (some minutes the first time)"
"${pip[@]}" --require-hashes -r "$build_tools"
"${pip[@]}" --require-hashes -r requirements.lock
"${pip[@]}" --editable .
printf '%s' "$state" >"$stamp"
echo "setup: ready; the command is .venv/bin/workstation"
