#!/usr/bin/env python3
"""check_wire.py HEADER... - says which members of the state machine's structs the state machine itself never uses:
what only the kernel side needs belongs into struct tracked_connection (maps.bpf.h)."""
import re
import sys

text = "\n".join(open(path, encoding="utf-8").read() for path in sys.argv[1:])
code = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
strangers = []
for name, body in re.findall(r"^struct (\w+) \{\n(.*?)^\};", code, flags=re.M | re.S):
    for declaration in body.split(";"):
        member = re.search(r"(\w+)(\[[^\]]*\])*\s*$", declaration.strip())
        if member and member[1] != "unused" and not re.search(rf"(->|\.){member[1]}\b", code):
            strangers.append(f"{name}.{member[1]}")
if strangers:
    sys.exit("not used in wire/: " + ", ".join(strangers))
