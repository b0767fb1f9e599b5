# SPDX-License-Identifier: Apache-2.0
# The bill of materials of what was built (docs/supply-chain.md).

sbom=$root/.coffer/sbom

# What Maven knows of everything, which takes it a minute: once per content of all poms.
ask_maven() {
  maven -q org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom -DoutputDirectory="$sbom" -DoutputName=fresh \
    -DoutputFormat=json -DoutputReactorProjects=false -pl '!e2e,!bench' &&
    mv "$sbom/fresh.json" "$sbom/maven.json" &&
    poms >"$sbom/poms"
}

poms() { (cd "$root" && sha256sum pom.xml */pom.xml libs/*/pom.xml); }

write_sbom() {
  need_built
  mkdir -p "$sbom"
  poms | cmp -s - "$sbom/poms" || step "asking Maven for licences" ask_maven
  python3 "$root/build/sbom.py" "$root" "$sbom/maven.json" >"$sbom/cofferdam.cdx.json.new" || exit 1
  mv "$sbom/cofferdam.cdx.json.new" "$sbom/cofferdam.cdx.json"
  say "$sbom/cofferdam.cdx.json"
}
