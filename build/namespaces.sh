# SPDX-License-Identifier: Apache-2.0
# User namespaces, which every sandbox needs: said at the start, and not at the first unlock.

apparmor_restriction=/proc/sys/kernel/apparmor_restrict_unprivileged_userns
apparmor_profile=/etc/apparmor.d/cofferdam

# As sandboxes do: a user without rights makes one and mounts something there. Where AppArmor restricts them, the first
# succeeds and the second does not.
user_namespaces_work() {
  local as_nobody=()
  [ "$(id -u)" != 0 ] || as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups --)
  "${as_nobody[@]}" unshare --user --map-root-user --mount mount -t tmpfs none /tmp >/dev/null 2>&1
}

need_user_namespaces() {
  local as_root=() advice
  ! user_namespaces_work || return 0
  if [ "$(cat "$apparmor_restriction" 2>/dev/null)" != 1 ]; then
    say "Users can't use user namespaces here, so no workspace will open: see user.max_user_namespaces and kernel.unprivileged_userns_clone, sysctl(8)."
    return 0
  fi
  advice="run this as root first: install -m 644 $root/build/apparmor $apparmor_profile && apparmor_parser -r $apparmor_profile (any user's programs can then use them through bwrap and unshare), or: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (any program can then); docs/user-namespaces.md"
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
      as_root=(sudo)
    else
      give_up 3 "AppArmor keeps programs from using user namespaces, which sandboxes need; $advice"
    fi
  fi
  say "AppArmor keeps programs from using user namespaces, which sandboxes need. Letting bwrap and unshare have them, for all users: $apparmor_profile (docs/user-namespaces.md)"
  "${as_root[@]}" install -m 644 "$root/build/apparmor" "$apparmor_profile" \
    && PATH="$PATH:/usr/sbin:/sbin" "${as_root[@]}" apparmor_parser -r "$apparmor_profile" \
    || give_up 3 "that profile of AppArmor's can't be loaded; $advice"
  user_namespaces_work || give_up 3 "AppArmor still keeps programs from using user namespaces; $advice"
}
