# SPDX-License-Identifier: Apache-2.0
# Caches of a start (ADR 0033): everything is started once with data that is thrown away, and each program of ours
# leaves its classes loaded and linked for the starts to come.

starts=$root/stack/target/starts
recording=$root/stack/target/recording

start_cache() { # command: options of the supervisor's own JVM
  if [ -n "${COFFER_RECORD_STARTS:-}" ]; then
    printf '%s\n' -Dcoffer.starts.record=true
    [ "$1" != up ] || printf '%s\n' "-XX:AOTCacheOutput=$recording/starts/stack.aot" -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining
  elif [ -f "$starts/stack.aot" ]; then
    printf '%s\n' "-XX:AOTCache=$starts/stack.aot" -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
  fi
}

# A JVM does not always see that a jar was built anew, and then runs the classes of before.
drop_old_starts() {
  local app apps=()
  [ -d "$starts" ] || return 0
  for app in "$root"/stack/target/{stack,kafka} "$root"/sandbox-host/target/host "$root"/*/target/quarkus-app; do
    [ ! -d "$app" ] || apps+=("$app")
  done
  if [ ! -f "$starts/stack.aot" ] || [ -n "$(find "${apps[@]:-/dev/null}" -type f -newer "$starts/stack.aot" -print -quit)" ]; then
    rm -rf "$starts"
    starts_dropped=1
  fi
}

# Not what the start depends on: without these caches it takes twice as long.
prepare_starts() {
  (step "preparing quick starts" record_starts) || say "Parts start more slowly until that works."
}

rehearse() { # data, link: what a person does first
  # Without it caches are smaller and everything works, so its failure is only told.
  "$JAVA_HOME/bin/java" -cp "$root/stack/target/stack/*" dev.cofferdam.stack.rehearsal.Rehearsal <<<"$2" || true
  # It may give up waiting: the pipe that the supervisor speaks through stays open until that has ended.
  (run_supervisor down --data "$1") || true
}

# A cache is code, so nobody but us may put one there: while they are made, parts reach their folder through a mount of
# their own, and others not through the folder around it. What is kept is copied: nobody has those files open.
record_starts() {
  local data line name status=0 port
  port=$(free_port)
  rm -rf "$starts" "$recording"
  mkdir -p "${recording%/*}"
  mkdir -m 700 "$recording"
  mkdir -m 700 "$recording/starts"
  # As root, each part writes as a user of its own.
  [ "$(id -u)" != 0 ] || chmod 1777 "$recording/starts"
  data=$(mktemp -d)
  (export COFFER_RECORD_STARTS=1; run_supervisor up --data "$data" --port "$port" --remember-unseal-key) 2>&1 </dev/null \
    | while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in 'Sign in: '*) rehearse "$data" "${line#Sign in: }" ;; esac
      done || status=1
  rm -rf --one-file-system "$data"
  mkdir "$starts"
  for name in auth-service session-service workspace-service terminal-gateway kafka sandbox-host stack; do
    keep_start "$name" || { echo "$name has left no cache"; status=1; }
  done
  rm -rf "$recording"
  [ "$status" = 0 ] || rm -rf "$starts"
  return "$status"
}

keep_start() { # name
  local made=$recording/starts/$1.aot
  [ -f "$made" ] && [ ! -L "$made" ] && cat "$made" >"$starts/$1.aot"
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  printf '%s' "$port"
}
