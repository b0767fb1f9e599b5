# SPDX-License-Identifier: Apache-2.0
# The help, and wrong usage: said before anything is installed or built.

usage() {
  cat <<'USAGE'
usage: ./coffer COMMAND [OPTION...]

  up            start everything; Ctrl-C stops it again
    --detach              give the shell back when all is up
    --port N              the public port on this machine, 8484
    --replicas N          run each service N times, 1 to 4; gateways from --port on: docs/replicas.md
    --listen ADDRESS      the IP address it listens on, 127.0.0.1; for others than this machine: docs/public-door.md
    --origin URL          how people reach it, https://NAME, if that is not http://localhost:PORT
    --tls-cert FILE       the certificate with its chain, as PEM; read again when it changes
    --tls-key FILE        its private key, as PEM
    --behind-proxy LIST   instead: addresses or networks of the proxy that terminates TLS
    --unseal-key-fd N     read the unseal key from this descriptor instead of asking (or set COFFER_UNSEAL_KEY)
    --remember-unseal-key keep the unseal key in a file: a stolen disk can then be read
    --accept-swap         unlock although this host swaps to disk
    --providers FILE      where else people can sign in (OpenID Connect, GitHub): docs/sign-in-providers.md;
                          without it, the file `providers` in the data directory if there is one
    --alerts FILE         when there is an alert, and which webhook is told: docs/alerts.md; without it,
                          the file `alerts` in the data directory if there is one
    --set PART:KEY=VALUE  a setting of one part, may be repeated
  down          stop everything
  status        each part: pid, port, memory, health    [--json]
  logs [PART]   what the parts said                     [-f to follow]
  link [NAME]   a fresh one-time sign-in link for the owner, or for the person of that name
  emergency-stop  lock every workspace and sign everybody out; none opens until it is lifted    [--lift]
    --seal                close Vault as well: lifting it takes the unseal key then
    --unseal-key-fd N     as for up
  maintenance begin  no workspace opens from now on, what is open locks in    --minutes N (0 to 10080)
    --notice TEXT         one line that everybody reads
  maintenance show | end  how it is; let workspaces open again                [--json]
  reset         destroy all data, after asking
  audit verify FILE     check an export of the audit ledger (JSON Lines), offline
    --key PEM             the public key, instead of this installation's
    --heads FILE          heads that were kept elsewhere: all of them have to be in the export
  sbom          write the bill of materials of what was built, and say where it is: docs/supply-chain.md
  test          build with all checks and run every test
  --help        this text

  --data DIR    where everything lasting lies; for all but sbom and test
USAGE
}

wrong() { echo "coffer: $1 (./coffer --help)" >&2; exit 2; }

# The options of a command, one a line, and behind a space N or another word for a value: in the help they stand behind
# two spaces, and not in what is said of others.
options_of() { # command
  local line command='' option='(  \[?)(--?[a-z][a-z-]*)( [A-Z]+)?(.*)$'
  while IFS= read -r line; do
    case $line in
      '  --data'*) command=$1 ;;
      '  '[a-z]*) command=${line#  } command=${command%% *} ;;
    esac
    [ "$command" = "$1" ] || continue
    while [[ $line =~ $option ]]; do
      printf '%s\n' "${BASH_REMATCH[2]}${BASH_REMATCH[3]}"
      line=${BASH_REMATCH[4]}
    done
  done < <(usage)
}

# The supervisor looks more closely; but it may have to be built first.
check_words() { # command, arguments...
  local command=$1 known others=0 word
  shift
  known=$(options_of "$command")
  case $command in link | maintenance) others=1 ;; audit) others=2 ;; esac
  while [ $# -gt 0 ]; do
    word=$1
    shift
    if [[ $word == -* && $word != *' '* && $'\n'$known$'\n' == *$'\n'"$word"$'\n'* ]]; then
      continue
    elif [[ $word == -* && $word != *' '* && $'\n'$known == *$'\n'"$word "* ]]; then
      [ $# -gt 0 ] || wrong "$word needs a value"
      shift
    elif [[ $word == -* || $others = 0 ]]; then
      wrong "this command does not know '$word'"
    else
      others=$((others - 1))
    fi
  done
}
