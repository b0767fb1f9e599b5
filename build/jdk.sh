# SPDX-License-Identifier: Apache-2.0
# Finds a JDK 25: JAVA_HOME, PATH, the installed ones, else the distribution's own package.

is_jdk() { # home
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${version:-0}" -ge 25 ]
}

find_jdk() {
  local candidate on_path
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/*; do
    if [ -n "$candidate" ] && is_jdk "$candidate"; then
      readlink -f "$candidate"
      return
    fi
  done
  return 1
}

need_jdk() {
  if ! JAVA_HOME=$(find_jdk); then
    if apt-cache show openjdk-25-jdk-headless >/dev/null 2>&1; then
      install_packages openjdk-25-jdk-headless
    fi
    JAVA_HOME=$(find_jdk) || give_up 3 "JDK 25 is needed: install your distribution's openjdk-25-jdk-headless or any build of JDK 25 (Temurin, Oracle, Zulu), and set JAVA_HOME to it"
  fi
  export JAVA_HOME
}
