# SPDX-License-Identifier: Apache-2.0
# Builds the page and the services, when sources are newer than what was built.

built=$root/.coffer/built

sources_are_newer() {
  [ -f "$built" ] && [ -d "$root/stack/target/stack" ] || return 0
  [ -n "$(find "$root" \( -name target -o -name node_modules -o -name dist -o -name .git -o -name .coffer -o -name docs -o -name e2e -o -name bench \) -prune \
    -o -type f \( -name '*.java' -o -name '*.ts' -o -name '*.tsx' -o -name '*.css' -o -name '*.sql' -o -name '*.properties' -o -name 'pom.xml' -o -name '*.json' -o -name '*.html' \) \
    -not -path '*/src/test/*' -newer "$built" -print -quit)" ]
}

maven() { (cd "$root" && mvn -B "$@"); }

build_page() { (cd "$root/web" && npm ci --no-audit --no-fund && npm run build); }

test_page() { (cd "$root/web" && npm test); }

build_services() { maven -q -Dquick -DskipTests package -pl '!e2e,!bench'; }

# A cache of loaded classes makes an agent's start twice as fast; it fits one JDK only.
build_agent_cache() { "$root/terminal-agent/train" "$JAVA_HOME" "$root/terminal-agent/target/agent"; }

finish_build() {
  need_postgres
  [ ! -x "$root/terminal-agent/train" ] || step "training the agent" build_agent_cache
  touch "$built"
}

build_if_stale() {
  if [ "${COFFER_SKIP_BUILD:-}" = 1 ] || ! sources_are_newer; then
    need_postgres
    return
  fi
  need_node
  step "building the page" build_page
  step "building the services" build_services
  finish_build
}

need_built() {
  [ -d "$root/stack/target/stack" ] || give_up 1 "nothing has been built yet: ./coffer up builds and starts it"
}

test_everything() {
  need_node
  step "building the page" build_page
  test_page
  maven install -DskipITs=false
}
