#!/bin/bash
# build-libbpf.sh [DIR] - a position independent libbpf.a, built once; prints its path.
#
# Debian's can't be linked into a shared library (DESIGN.md, "libelf and libbpf").
exec "$(dirname "$0")/../../dev.d/pic-library" libbpf libbpf-dev "${1:-}" '
	make -s -C src BUILD_STATIC_ONLY=1 OBJDIR="$PWD/out" CFLAGS="-O2 -fPIC -g0"
'
