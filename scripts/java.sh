#!/usr/bin/env bash
# See to it that the Spark tests have Java; say so where they will not.
set -euo pipefail

if command -v java >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Java for the Spark tests …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null >/dev/null &&
        apt-get install -y -qq --no-install-recommends default-jre-headless </dev/null >/dev/null ||
        echo "apt-get could not install it." >&2
fi
command -v java >/dev/null 2>&1 && exit 0
if [ "${CI:-}" = true ]; then
    echo "No Java: the Spark tests must run in CI." >&2
    exit 1
fi
echo "No Java on this machine: the Spark tests will be skipped." >&2
