#!/bin/bash
# build-libelf.sh [DIR] - a position independent libelf.a, built once; prints its path.
#
# Debian's can't be linked into a shared library (DESIGN.md, "libelf and libbpf"). Compression other than
# zlib is left out: a BPF object has none of it.
# shellcheck disable=SC2016 # for the other shell
exec "$(dirname "$0")/../../dev.d/pic-library" libelf libelf-dev "${1:-}" '
	./configure --disable-debuginfod --disable-libdebuginfod --disable-nls \
		--without-zstd --without-bzlib --without-lzma CFLAGS="-O2 -fPIC -g0"
	make -s -C lib
	make -s -C libelf libelf.a
	cp libelf/libelf.a out/
'
