#!/bin/sh
# Make .venv from the lock file ($1 = requirements.lock or requirements-dev.lock), once per lock.
set -eu
cd "$(dirname "$0")/.."
lock="$1"
for program in python3 git make; do
  command -v "$program" >/dev/null 2>&1 || { echo "$program is missing: apt-get install -y $program"; exit 1; }
done
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: apt-get install -y python3"; exit 1; }
python3 -c 'import ensurepip, venv' 2>/dev/null || { echo "python3-venv is missing: apt-get install -y python3-venv"; exit 1; }
want="$(cat requirements.lock "$lock" pyproject.toml | sha256sum | cut -d' ' -f1)"
dev="$(cat requirements.lock requirements-dev.lock pyproject.toml | sha256sum | cut -d' ' -f1)"
have="$(cat .venv/stamp 2>/dev/null || true)"
if [ "$have" != "$want" ] && [ "$have" != "$dev" ]; then
  [ -x .venv/bin/python ] || python3 -m venv .venv
  # two halves at once: unpacking is most of the time, and a lock needs no resolving
  for half in 0 1; do
    awk -v half="$half" '/^[^ #]/ { n++ } n % 2 == half' "$lock" > ".venv/half$half.lock"
  done
  install() {
    log="$1"; shift
    .venv/bin/pip install -q --disable-pip-version-check --no-input --no-deps "$@" > ".venv/$log.log" 2>&1 || { cat ".venv/$log.log"; return 1; }
  }
  locked() { install "half$1" --no-compile --require-hashes --only-binary :all: -r ".venv/half$1.lock"; }
  locked 0 & other=$!
  locked 1
  wait "$other"
  install luoshi --no-build-isolation -e .
  echo "$want" > .venv/stamp
fi
po=luoshi/locale/zh_Hans/LC_MESSAGES/django.po
mo="${po%.po}.mo"
if [ ! -f "$mo" ] || [ "$po" -nt "$mo" ]; then .venv/bin/python -m tools.messages compile; fi
