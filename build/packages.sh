# SPDX-License-Identifier: Apache-2.0
# System packages: says which are missing and installs them, or prints the command and exits 3.

# What is looked for, and the package that brings it: of procps that is kill, which a shell always finds in itself. The last ones are for the person in the terminal.
packages_to_run() {
  cat <<'LIST'
bwrap bubblewrap
gocryptfs gocryptfs
fusermount3 fuse3
newuidmap uidmap
setpriv util-linux
prlimit util-linux
ps procps
xz xz-utils
python3 python3-venv
mvn maven
git git
vim vim
tmux tmux
htop htop
LIST
}

packages_to_test() {
  cat <<'LIST'
chromium chromium
openssl openssl
ssh-keygen openssh-client
curl curl
faketime faketime
LIST
}

packages_to_measure() {
  cat <<'LIST'
fio fio
LIST
}

missing_packages() { # run | test | bench
  local looked_for package
  {
    packages_to_run
    case $1 in test) packages_to_test ;; bench) packages_to_measure ;; esac
  } | while read -r looked_for package; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "$looked_for" >/dev/null || printf '%s\n' "$package"
  done
  python3 -c 'import ensurepip' 2>/dev/null || printf 'python3-venv\n'
  # To its end: a grep that leaves at the first match can make ldconfig, and with it the whole line, fail.
  PATH="$PATH:/usr/sbin:/sbin" ldconfig -p | grep 'libseccomp\.so\.2' >/dev/null || printf 'libseccomp2\n'
}

install_packages() { # package...
  local as_root=()
  command -v apt-get >/dev/null || give_up 3 "these packages are missing, install them with your package manager: $*"
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
      as_root=(sudo)
    else
      give_up 3 "run this as root first: apt-get update && apt-get install -y --no-install-recommends $*"
    fi
  fi
  say "missing packages: $*"
  step "installing them" install_with_apt "${as_root[@]}" -- "$@"
}

install_with_apt() { # [sudo] -- package...
  local as_root=()
  while [ "$1" != -- ]; do as_root+=("$1"); shift; done
  shift
  "${as_root[@]}" apt-get update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

need_packages() { # run | test | bench
  local missing=()
  mapfile -t missing < <(missing_packages "$1" | sort -u)
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
  open_fuse_device
}

# Every mount needs it, by users that are not root. fuse3 leaves its mode (0666) to udev, which not every machine runs.
open_fuse_device() {
  local as_root=()
  ! fuse_device_is_open || return 0
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
      as_root=(sudo)
    else
      give_up 3 "run this as root first: modprobe fuse; chmod 0666 /dev/fuse"
    fi
  fi
  [ -c /dev/fuse ] || PATH="$PATH:/usr/sbin:/sbin" "${as_root[@]}" modprobe fuse || true
  [ -c /dev/fuse ] || give_up 3 "there is no /dev/fuse, and no workspace can be mounted without it: load the kernel module fuse, or let this container have the device"
  say "opening /dev/fuse to the users that mount (mode 0666)"
  "${as_root[@]}" chmod 0666 /dev/fuse || give_up 3 "/dev/fuse can't be opened to the users that mount: it needs mode 0666"
}

fuse_device_is_open() {
  [ -c /dev/fuse ] || return 1
  if [ "$(id -u)" = 0 ]; then
    case $(stat -c %a /dev/fuse) in *[67]) return 0 ;; *) return 1 ;; esac
  fi
  [ -r /dev/fuse ] && [ -w /dev/fuse ]
}
