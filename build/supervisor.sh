# SPDX-License-Identifier: Apache-2.0
# Hands over to the supervisor (stack/).

supervisor() { # the supervisor's command line for a command of ours
  local start
  mapfile -t start < <(start_cache "$1")
  printf '%s\0' "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx96m -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
    -XX:+DisableAttachMechanism -XX:-CreateCoredumpOnCrash --enable-native-access=ALL-UNNAMED "${start[@]}" \
    -cp "$root/stack/target/stack/*" "-Dcoffer.root=$root" dev.cofferdam.stack.Coffer "$@"
}

# Of all parts, core(5): a core that is handed to a program heeds no limit of its size.
keep_memory_out_of_cores() {
  { echo 0 >/proc/self/coredump_filter; } 2>/dev/null || true
}

run_supervisor() {
  local words=()
  mapfile -d '' words < <(supervisor "$@")
  # As root the parts get users of their own, who see the data through mounts in a namespace of our own.
  if [ "$1" = up ] && [ "$(id -u)" = 0 ]; then
    words=(unshare --mount --propagation private -- "${words[@]}")
  fi
  exec "${words[@]}"
}
