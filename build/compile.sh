# SPDX-License-Identifier: Apache-2.0
# Builds the page and the services, when sources are newer than what was built.

built=$root/.coffer/built

sources_are_newer() {
  [ -f "$built" ] && [ -d "$root/stack/target/stack" ] || return 0
  [ -n "$(newer_sources -quit)" ]
}

# All that is newer, but for what never goes into what runs; so that a new kind of file is not missed. A directory is
# newer once a file in it was added, deleted or renamed. The page has pages of docs/api in it.
newer_sources() { # -quit: one is enough
  (cd "$root" && find . -mindepth 1 \( -name target -o -name node_modules -o -name dist -o -path '*/src/test' \
    -o -path './.*' -not -path './.mvn' -not -path './.mvn/*' \
    -o -path './docs/*' -not -path './docs/api' -not -path './docs/api/*' \
    -o -name '*.md' -not -path './docs/api/*' \
    -o -type f -not -path './*/*' -not -name pom.xml \
    -o -path ./build -o -path ./e2e -o -path ./bench -o -path './k8s/*' -not -path './k8s/seccomp*' -o -path ./web/test -o -path ./web/dev \) -prune \
    -o \( -type f -o -type d \( -path '*/src' -o -path '*/src/*' -o -path ./web/build -o -path ./docs/api \) \) \
    -newer "$built" -print "$@")
}

maven() { (cd "$root" && mvn -B "$@"); }

build_page() { (cd "$root/web" && npm ci --no-audit --no-fund && npm run build); }

test_page() { (cd "$root/web" && npm test); }

build_services() { maven -q -Dquick -DskipTests package -pl '!e2e,!bench'; }

bench_is_newer() {
  local jar=$root/bench/target/bench-0.1.0.jar
  [ -f "$jar" ] && [ -d "$root/bench/target/lib" ] || return 0
  [ -n "$(cd "$root" && find bench/pom.xml bench/src libs/ledger/src/main libs/terminal-protocol/src/main -newer "$jar" -print -quit)" ]
}

fetch_peer() { (cd "$root/bench/peer" && npm ci --no-audit --no-fund); }

build_bench() {
  ! bench_is_newer || step "building the benchmark" maven -q -Dquick -DskipTests package -pl bench -am
  [ -d "$root/bench/peer/node_modules" ] || step "fetching its peer" fetch_peer
}

# Of the moment in which it begins: what is changed while it runs is newer.
begin_build() {
  mkdir -p "${built%/*}"
  touch "$built.begun"
}

finish_build() {
  need_postgres
  mv "$built.begun" "$built"
}

# Whether a supervisor of this checkout runs: its parts have open what a build would write anew.
runs_from_here() {
  local arguments
  for arguments in $(grep -lszxF -- "-Dcoffer.root=$root" /proc/[0-9]*/cmdline); do
    ! grep -qszxF up "$arguments" || return 0
  done
  return 1
}

build_if_stale() {
  if [ "${COFFER_SKIP_BUILD:-}" != 1 ] && runs_from_here; then
    ! sources_are_newer || say "Sources are newer than what runs: ./coffer down, then ./coffer up builds them."
    need_postgres
    return
  fi
  drop_old_starts
  if [ "${COFFER_SKIP_BUILD:-}" = 1 ] || ! sources_are_newer; then
    need_postgres
    [ -z "${starts_dropped:-}" ] || [ "${COFFER_SKIP_BUILD:-}" = 1 ] || prepare_starts
    return
  fi
  begin_build
  need_node
  step "building the page" build_page
  step "building the services" build_services
  need_postgres
  prepare_starts
  finish_build
}

need_built() {
  [ -d "$root/stack/target/stack" ] || give_up 1 "nothing has been built yet: ./coffer up builds and starts it"
}

# How many tests ran in the modules and in the page, as one line behind what passed only when repeated.
summary() {
  python3 -B "$(dirname "${BASH_SOURCE[0]}")/summary.py" "$root" "$1"
}

test_everything() {
  local page_log status=0
  ! runs_from_here || give_up 1 "what runs here would be built anew: ./coffer down stops it"
  page_log=$(mktemp)
  begin_build
  need_node
  step "building the page" build_page
  find "$root" -path '*/target/surefire-reports/*.xml' -delete
  test_page | tee "$page_log" || status=1
  # Built once, with all checks, and then tested as it is: the routes too, as the built services describe them.
  step "building with all checks" maven -q -T 2 -DskipTests install -pl '!e2e' || exit 1
  # What failed is tried again and shown as a flake: real servers on a busy machine.
  # An attack has one try for all that: summary.py.
  maven surefire:test -T 2 --fail-at-end -Dsurefire.rerunFailingTestsCount=2 -pl '!e2e' || status=1
  # The last tests use the product as a person does, so it has to be whole by then.
  need_postgres
  (step "preparing quick starts" record_starts) || (step "preparing quick starts again" record_starts) || status=1
  finish_build
  COFFER_SKIP_BUILD=1 maven verify -Dsurefire.rerunFailingTestsCount=1 -pl e2e || status=1
  summary "$page_log" || status=1
  rm -f "$page_log"
  exit "$status"
}
