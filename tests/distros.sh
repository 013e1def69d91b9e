#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Run the quickstart and the release tests on another release of Debian or Ubuntu, in a root that
# debootstrap makes. The kernel is the host's.
#
# usage: tests/distros.sh RELEASE [COMPILER]
#
#   RELEASE   bookworm, trixie or noble
#   COMPILER  gcc (default), clang, or a versioned name: gcc-14, clang-19
#
# The mirror is the one that this machine's apt uses for the same distribution, or $SOF_DISTRO_MIRROR.
# Roots are kept in $SOF_DISTRO_ROOTS (/var/tmp/sof-distros) for the next run. Exit code 77: this
# machine can't run it, the line says why.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

cannot() {
	echo "distros.sh: SKIPPED: $*" >&2
	exit 77
}

release=${1:-}
compiler=${2:-gcc}
case "$release" in
bookworm | trixie) origin=Debian components=main keyring=debian-archive-keyring ;;
noble) origin=Ubuntu components=main,universe keyring=ubuntu-keyring ;;
*)
	echo "usage: tests/distros.sh bookworm|trixie|noble [COMPILER]" >&2
	exit 1
	;;
esac
case "$compiler" in
gcc) packages= cc=gcc cxx=g++ ;;
gcc-*) packages="$compiler g++-${compiler#gcc-}" cc=$compiler cxx=g++-${compiler#gcc-} ;;
clang | clang-*) packages=$compiler cc=$compiler cxx=clang++${compiler#clang} ;;
*)
	echo "distros.sh: '$compiler' is not gcc, clang, gcc-VERSION or clang-VERSION" >&2
	exit 1
	;;
esac

[ "$(id -u)" = 0 ] || cannot "chroot and mount need root"
command -v debootstrap >/dev/null || cannot "debootstrap is not installed"

# apt knows its mirrors, whichever way they are written down. The security archive is none.
mirror=${SOF_DISTRO_MIRROR:-$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' \
	'Created-By: Packages' 2>/dev/null | sed -n "s/^$origin //p" | grep -v -e security -e ddebs |
	head -n 1)}
[ -n "$mirror" ] || cannot "apt has no mirror of $origin here; name one in SOF_DISTRO_MIRROR"

roots=${SOF_DISTRO_ROOTS:-/var/tmp/sof-distros}
root=$roots/$release
mkdir -p "$roots"

# A script of its own for each release is not in every debootstrap: all of Ubuntu's are one.
script=
if [ ! -e "/usr/share/debootstrap/scripts/$release" ]; then
	[ "$origin" = Ubuntu ] && script=/usr/share/debootstrap/scripts/gutsy
	[ -e "$script" ] || cannot "this debootstrap does not know $release"
fi
if [ ! -e "$root/.complete" ]; then
	rm -rf "$root"
	echo "== $release: debootstrap"
	debootstrap --variant=minbase --components="$components" \
		--include="ca-certificates,$keyring" "$release" "$root" "$mirror" \
		${script:+"$script"} >"$root.log" 2>&1 || {
		tail -n 5 "$root.log"
		cannot "debootstrap failed, see $root.log"
	}
	touch "$root/.complete"
fi

# The tree as it is, without what is built. What has changed is new, whatever its time: what was built
# in the root may be newer than the change.
work=$root/work
mkdir -p "$work/sof" "$work/shared"
list_files() { (cd "$1" && find . \( -path ./build -o -path ./.git \) -prune -o \( -type f -o -type l \) -print | sort); }
comm -13 <(list_files "$top") <(list_files "$work/sof") | while IFS= read -r file; do
	rm -f "$work/sof/$file"
done
list_files "$top" | while IFS= read -r file; do
	cmp -s "$top/$file" "$work/sof/$file" && continue
	mkdir -p "$(dirname "$work/sof/$file")"
	cp --no-dereference --preserve=mode "$top/$file" "$work/sof/$file"
done
shared=$(cd "$top/../shared" 2>/dev/null && pwd || true)

cat >"$work/run.sh" <<INSIDE
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 HOME=/root CC=$cc CXX=$cxx
cd /work/sof
[ -z "$packages" ] || { apt-get update -q && apt-get install -y -q --no-install-recommends $packages; } >/dev/null
bash tests/install-packages.sh build sound test
$cc --version | head -n 1
# One build folder for each compiler: CMake never changes the one it has begun with.
mkdir -p /work/build-$compiler
[ -L build ] || rm -rf build
ln -sfn /work/build-$compiler build
# The quickstart keeps what is configured, so that all is compiled once.
cmake --preset release -DSOF_WERROR=ON >/dev/null
echo "== $release, $compiler: quickstart"
bash testbench/quickstart.sh /usr/share/sounds/alsa/Front_Center.wav /work/out.wav
test -s /work/out.wav
echo "== $release, $compiler: tests"
bash tests/run.sh release
INSIDE

# In a mount and process namespace of its own: whatever happens, nothing stays mounted or running.
export root shared
exec unshare --mount --pid --fork --kill-child bash -euc '
	mount --make-rprivate /
	mount -t proc proc "$root/proc"
	mount --rbind /sys "$root/sys"
	mount --rbind /dev "$root/dev"
	if [ -n "$shared" ]; then
		mount --bind "$shared" "$root/work/shared"
		mount -o remount,bind,ro "$root/work/shared"
	fi
	for file in resolv.conf hosts; do
		[ ! -e "/etc/$file" ] || cp -L "/etc/$file" "$root/etc/$file"
	done
	exec chroot "$root" /bin/bash /work/run.sh
'
