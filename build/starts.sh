# SPDX-License-Identifier: Apache-2.0
# Caches of a start (ADR 0033): everything is started once with data that is thrown away, and each program of ours
# leaves its classes loaded and linked for the starts to come.

starts=$root/stack/target/starts

start_cache() { # command: options of the supervisor's own JVM
  if [ -n "${COFFER_RECORD_STARTS:-}" ]; then
    printf '%s\n' -Dcoffer.starts.record=true
    [ "$1" != up ] || printf '%s\n' "-XX:AOTCacheOutput=$starts/stack.aot" -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining
  elif [ -f "$starts/stack.aot" ]; then
    printf '%s\n' "-XX:AOTCache=$starts/stack.aot" -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
  fi
}

rehearse() { # data, link: what a person does first
  # Without it caches are smaller and everything works, so its failure is only told.
  "$JAVA_HOME/bin/java" -cp "$root/stack/target/stack/*" dev.cofferdam.stack.rehearsal.Rehearsal "$2" || true
  # It may give up waiting: the pipe that the supervisor speaks through stays open until that has ended.
  (run_supervisor down --data "$1") || true
}

record_starts() {
  local data line status=0 port=$((20000 + RANDOM % 12000))
  rm -rf "$starts"
  mkdir -p "$starts"
  # Each part writes as its own user; later ones only read.
  chmod 1777 "$starts"
  data=$(mktemp -d)
  (export COFFER_RECORD_STARTS=1; run_supervisor up --data "$data" --port "$port" --remember-unseal-key) 2>&1 </dev/null \
    | while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in 'Sign in: '*) rehearse "$data" "${line#Sign in: }" ;; esac
      done || status=$?
  rm -rf --one-file-system "$data"
  rm -f "$starts"/*.config
  if [ "$status" != 0 ] || [ ! -f "$starts/terminal-gateway.aot" ]; then
    rm -rf "$starts"
    return 1
  fi
  # Only read from now on.
  [ "$(id -u)" != 0 ] || chown -R 0:0 "$starts"
  chmod 755 "$starts"
  chmod 644 "$starts"/*.aot
}
