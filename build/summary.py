# SPDX-License-Identifier: Apache-2.0
"""How many tests ran in the modules and in the page: root, log of the page's tests. The last line is the summary.

A test that failed and passed at a repetition is named. One that attacks the product has one try: somebody who comes
again and again needs to get through once. It counts as failed then, and the status says so.
"""
import glob
import re
import sys
import xml.etree.ElementTree as xml

ATTACKS = re.compile(r"\.(attack|door)\.|\.\w*(Door|Attack)\w*$|\.(CanarySearch|Cores)IT$")
REPEATED = ("flakyFailure", "flakyError")

passed = failed = skipped = 0
repeated, refused = [], []
for report in sorted(glob.glob(sys.argv[1] + "/**/target/surefire-reports/TEST-*.xml", recursive=True)):
    suite = xml.parse(report).getroot()
    bad = int(suite.get("failures")) + int(suite.get("errors"))
    left = int(suite.get("skipped"))
    passed += int(suite.get("tests")) - bad - left
    failed += bad
    skipped += left
    for test in suite.iter("testcase"):
        if any(test.find(kind) is not None for kind in REPEATED):
            owner = test.get("classname") or suite.get("name")
            name = f"{owner.rpartition('.')[2]}.{test.get('name') or 'before all'}"
            (refused if ATTACKS.search("." + owner) else repeated).append(name)
passed -= len(refused)
failed += len(refused)
page = re.search(r"Tests\s+(?:(\d+) failed \| )?(\d+) passed", re.sub(r"\x1b\[[0-9;]*m", "", open(sys.argv[2]).read()))
if page:
    failed += int(page.group(1) or 0)
    passed += int(page.group(2))
if refused:
    print("Failed, though they passed when repeated, as an attack has one try: " + ", ".join(refused))
print(f"Passed only when repeated: {len(repeated)}" + "".join(f"\n  {name}" for name in repeated))
# No test skips by itself: those that did belong to a class whose servers did not start.
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if refused else 0)
