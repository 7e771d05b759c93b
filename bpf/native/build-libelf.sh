#!/bin/bash
# build-libelf.sh [DIR] - a position independent libelf.a, built once from Debian's own source package.
#
# Debian's libelf.a can't be linked into a shared library, and ours links libbpf statically (DESIGN.md,
# "libelf"). Prints the path of the library; DIR defaults to a folder of the user's cache that is named
# after the version of the installed libelf-dev, whose header the library has to match.
set -euo pipefail

# shellcheck disable=SC2016 # dpkg-query's own variable
version=$(dpkg-query -W -f '${source:Version}' libelf-dev)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/mysql-wire-exporter
target=${1:-$cache/libelf-$version}
if [[ -s $target/libelf.a ]]; then
	echo "$target/libelf.a"
	exit
fi

mkdir -p "$target"
target=$(realpath "$target")
exec 9> "$target/lock"
flock 9 # two builds at once: the second waits, and finds the library
if [[ -s $target/libelf.a ]]; then
	echo "$target/libelf.a"
	exit
fi

work=$(mktemp -d "$target/build.XXXXXX")
trap 'rm -rf "$work"' EXIT

step() {
	echo "libelf $version: $1" >&2
	shift
	"$@" > "$work/log" 2>&1 || {
		tail -n 30 "$work/log" >&2
		echo "libelf $version: failed: $*" >&2
		exit 1
	}
}

# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
APT_CONFIG=$("$(dirname "$0")/../../dev.d/private-apt" "$cache/apt-$codename" \
	"$codename" "$codename-updates" "$codename-security")
export APT_CONFIG
cd "$work"
step "fetching the source" apt-get -qq source --download-only "elfutils=$version"
step "unpacking" dpkg-source --no-check -x elfutils_*.dsc source
cd source
step "configuring" ./configure --disable-debuginfod --disable-libdebuginfod --disable-nls \
	--without-zstd --without-bzlib --without-lzma CFLAGS='-O2 -fPIC -g0'
step "compiling lib" make -s -C lib
step "compiling libelf" make -s -C libelf libelf.a

# In one step, so that an interrupted run never leaves half a library.
install -m 644 libelf/libelf.a "$target/libelf.a.new"
mv "$target/libelf.a.new" "$target/libelf.a"
echo "$target/libelf.a"
