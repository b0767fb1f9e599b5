# SPDX-License-Identifier: Apache-2.0
# How ./coffer speaks: progress on standard output, failures as one line on standard error.

say() { printf '%s\n' "$*"; }

give_up() { # status, line
  printf 'coffer: %s\n' "$2" >&2
  exit "$1"
}

step() { # what, command...: prints how long it took, or the last lines of what it said
  local what=$1 log started
  shift
  log=$(mktemp)
  started=$(date +%s)
  printf '%-44s' "$what"
  if "$@" >"$log" 2>&1; then
    printf 'done  %4d s\n' $(($(date +%s) - started))
    rm -f "$log"
    return
  fi
  printf 'failed\n'
  tail -n 20 "$log" >&2
  rm -f "$log"
  exit 1
}
