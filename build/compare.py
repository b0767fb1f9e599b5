# SPDX-License-Identifier: Apache-2.0
"""Compares what two builds would ship, byte by byte (docs/supply-chain.md).

usage: compare.py CHECKOUT CHECKOUT

Three kinds of files are made in another way each time. The classes that Quarkus writes for an application are held against
each other by their names and texts, without running numbers and order; those that it changes by their bytes, without order;
an AOT cache, which a JVM writes for itself, only has to be there. Ends with status 1 if anything else differs.
"""
import os, re, struct, sys, zipfile

import sbom

GENERATED = "/quarkus/generated-bytecode.jar"
TRANSFORMED = "/quarkus/transformed-bytecode.jar"
NUMBERED = [
    (re.compile(rb"proxykey\d+"), b"proxykey"),  # what one recorded step gives another
    (re.compile(rb"cachedValue\$\w{8}\$"), b"cachedValue$"),  # a field of a proxy of Hibernate's
    (re.compile(rb"configClass\$\d+"), b"configClass$"),
    (re.compile(rb"\[*L([^;]+);"), rb"\1"),  # of a type, or of an array of it
]
# Bytes behind the tag of a constant, JVMS 4.4; 1 has a length of its own, 5 and 6 take two places.
CONSTANT_BYTES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}


def texts(code):
    """The names and texts of a class, without running numbers."""
    count, at, index, found = struct.unpack(">H", code[8:10])[0], 10, 1, set()
    while index < count:
        tag = code[at]
        if tag == 1:
            length = struct.unpack(">H", code[at + 1:at + 3])[0]
            text = code[at + 3:at + 3 + length]
            for pattern, plain in NUMBERED:
                text = pattern.sub(plain, text)
            found.add(text)
            at += 3 + length
        else:
            at += 1 + CONSTANT_BYTES[tag]
            index += tag in (5, 6)
        index += 1
    return found


def files(checkout):
    found = {path: os.path.join(checkout, path) for path in sbom.shipped(checkout)}
    for path, _, names in os.walk(os.path.join(checkout, "web/dist")):
        for name in names:
            file = os.path.join(path, name)
            found[os.path.relpath(file, checkout)] = file
    return found


def entries(one, other, numbered):
    """What is wrong with a jar whose order is free, and how many of its entries are equal, and how many but for numbers."""
    with zipfile.ZipFile(one) as left, zipfile.ZipFile(other) as right:
        if sorted(left.namelist()) != sorted(right.namelist()):
            return "has other entries", 0, 0
        equal = alike = 0
        for name in left.namelist():
            a, b = left.read(name), right.read(name)
            if a == b:
                equal += 1
            elif numbered and name.endswith(".class") and texts(a) == texts(b):
                alike += 1
            else:
                return f"has another {name}", equal, alike
        return None, equal, alike


def main(one, other):
    left, right = files(one), files(other)
    wrong = [f"only one build has {path}" for path in sorted(left.keys() ^ right.keys())]
    equal = 0
    for path in sorted(left.keys() & right.keys()):
        if sbom.sha256(left[path]) == sbom.sha256(right[path]):
            equal += 1
        elif path.endswith((GENERATED, TRANSFORMED)):
            fault, same, alike = entries(left[path], right[path], numbered=path.endswith(GENERATED))
            if fault:
                wrong.append(f"{path} {fault}")
            else:
                print(f"{path}: {same} entries are equal, {alike} in names and texts")
        elif path.endswith(".aot"):
            print(f"{path}: of the JVM, not compared")
        else:
            wrong.append(f"{path} differs")
    print(f"{equal} of {len(left)} files are equal, byte by byte")
    if wrong:
        sys.exit("\n".join("coffer: " + line for line in wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
