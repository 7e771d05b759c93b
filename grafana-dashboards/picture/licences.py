"""Writes LICENCES.md from the lock of npm; with --check says whether it is as it would be written.

A licence that is not known here is a fault, so that none slips in with a new version.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
KNOWN = {"MIT", "Apache-2.0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Unlicense", "CC0-1.0", "BlueOak-1.0.0",
         "(MPL-2.0 OR Apache-2.0)"}
# Their package.json names none; what is in the package does.
BY_FILE = {"fast-shallow-equal": "Unlicense", "react-universal-interface": "Unlicense"}
# Says nothing at all. Drawing needs it, nothing that is shipped does.
SILENT = {"get-document"}


def main():
    lock = json.loads((HERE / "package-lock.json").read_text())["packages"]
    rows, unknown = set(), []
    for path, package in lock.items():
        name = path.rpartition("node_modules/")[2]
        if not path.startswith("node_modules/") or package.get("link") or name.endswith("/stub"):
            continue
        licence = package.get("license") or BY_FILE.get(name) or ("none named" if name in SILENT else None)
        if licence not in KNOWN and name not in SILENT:
            unknown.append(f"{name}: {licence}")
        rows.add((name, package["version"], licence))
    text = "# Packages that draw the pictures\n\nMade by `licences.py`. Nothing that is shipped contains them.\n\n"
    text += "| package | version | licence |\n|---|---|---|\n"
    text += "".join(f"| {name} | {version} | {licence} |\n" for name, version, licence in sorted(rows, key=str))
    path = HERE / "LICENCES.md"
    if "--check" not in sys.argv[1:]:
        path.write_text(text)
    elif not path.exists() or path.read_text() != text:
        unknown.append("LICENCES.md is not as picture/licences.py writes it")
    for fault in unknown:
        print(f"licences: {fault}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
