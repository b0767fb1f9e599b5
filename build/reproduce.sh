#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the commit that is checked out twice, in other folders and another time zone, and compares what would be shipped:
# docs/supply-chain.md. Takes twice as long as a build.
set -euo pipefail
umask 022
checkout=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

build_in() { # folder
  git clone --quiet "$checkout" "$1"
  root=$1
  for room in say usage jdk packages tools compile; do . "$checkout/build/$room.sh"; done
  mkdir -p "$tools"
  need_jdk
  need_node
  step "building the page" build_page
  step "building the services" build_services
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(build_in "$folder/one")
(export TZ=Pacific/Auckland; build_in "$folder/in/another/place")
python3 -B "$checkout/build/compare.py" "$folder/one" "$folder/in/another/place"
