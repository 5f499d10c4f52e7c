#!/bin/sh
# Run a program and start it again when it was killed or failed: one dead process must not end the
# rest of the product. Ends with the program when it ended well, when it failed thrice within ten
# seconds of its start (it would never run), or on a signal, which its program gets, too.
# keep.sh PROGRAM [ARGUMENT ...]
trap 'asked=1; kill "$child" 2>/dev/null' INT TERM
quick=0
while :; do
  began=$(date +%s)
  "$@" &
  child=$!
  wait "$child"
  code=$?
  if [ -n "$asked" ]; then
    wait "$child" 2>/dev/null
    exit "$code"
  fi
  [ "$code" -eq 0 ] && exit 0
  if [ $(($(date +%s) - began)) -lt 10 ]; then quick=$((quick + 1)); else quick=0; fi
  [ "$quick" -ge 3 ] && exit "$code"
  echo "ended with $code; started again" >&2
  sleep 1
done
