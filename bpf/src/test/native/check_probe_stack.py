#!/usr/bin/env python3
"""check_probe_stack.py OBJECT... - says which programs of probes need 64 bytes of stack or more. From 6.13 on the kernel
gives those one stack per CPU (BPF_PRIV_STACK_MIN_SIZE, kernel/bpf/verifier.c), though it may stop a thread in the middle
of a probe and run the same probe for another thread on that CPU: see kernel-faults.tsv."""
import re
import subprocess
import sys

LIMIT = 64
too_deep = []
for path in sys.argv[1:]:
    listing = subprocess.run(["llvm-objdump", "-d", "--no-show-raw-insn", path],
                             check=True, capture_output=True, text=True).stdout
    section, program, pointers, depth = "", "", set(), {}
    for line in listing.splitlines():
        if start := re.match(r"Disassembly of section (\S+):", line):
            section = start[1]
        elif start := re.match(r"[0-9a-f]+ <(.+)>:", line):
            program, pointers = start[1], set()
        elif section.startswith("uprobe"):
            if copied := re.search(r"\b(r\d) = r10$", line):
                pointers.add(copied[1])
                continue
            access = re.search(r"\(r10 (?:- |\+ -)(0x[0-9a-f]+|\d+)\)", line)
            moved = re.search(r"\b(r\d) \+= -(0x[0-9a-f]+|\d+)$", line)
            used = access[1] if access else moved[2] if moved and moved[1] in pointers else "0"
            depth[program] = max(depth.get(program, 0), int(used, 0))
    too_deep += [f"{name} in {path}: {bytes}" for name, bytes in depth.items() if bytes >= LIMIT]
if too_deep:
    sys.exit("programs of probes with 64 bytes of stack or more: " + ", ".join(too_deep))
