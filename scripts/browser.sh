#!/usr/bin/env bash
# See to it that the browser tests have Chromium and a Chinese font; say so where they will not.
set -euo pipefail

has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_font() { command -v fc-list && [ -n "$(fc-list :lang=zh family)" ]; }

if has_browser >/dev/null 2>&1 && has_font >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium and a Chinese font for the browser tests …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null >/dev/null &&
        apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig </dev/null >/dev/null ||
        echo "apt-get could not install them." >&2
fi
if has_browser >/dev/null 2>&1; then
    exit 0
fi
if [ "${CI:-}" = true ]; then
    echo "No Chromium: the browser tests must run in CI." >&2
    exit 1
fi
echo "No Chromium on this machine: the browser tests will be skipped." >&2
