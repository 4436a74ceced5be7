#!/usr/bin/env bash
# Finds the system packages that are missing and installs them through apt-get, saying which.
# Ends with 1 and the command to run when it may not install.
set -euo pipefail
cd "$(dirname "$0")"

mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' system-packages.txt)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "setup: this is not a Debian system; the packages it needs are listed in .ci/system-packages.txt" >&2
    exit 0
fi

installed="$(dpkg-query -W -f='${db:Status-Abbrev} ${binary:Package}\n' "${wanted[@]}" 2>/dev/null |
    sed -n 's/^ii *\([^ :]*\).*/\1/p' || true)"
missing=()
for package in "${wanted[@]}"; do
    grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "setup: these system packages are missing and there is no sudo to install them with." >&2
        echo "setup: run as root:  apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "setup: installing system packages with apt-get: ${missing[*]}"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
# A package source that does not answer need not stop the install: the lists at hand may be good enough.
"${apt[@]}" update || echo "setup: not every package list could be refreshed; going on with those at hand" >&2
if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; then
    echo "setup: apt-get could not install: ${missing[*]}" >&2
    echo "setup: when its reason above is mended, run  make setup  again" >&2
    exit 1
fi
