# Sourced by the other scripts: what they share. Plain sh.

# Runs a command as root: directly, or with sudo when there is one.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else return 1; fi
}

has_zlib_header() {
    echo '#include <zlib.h>' | clang -E - >/dev/null 2>&1 || [ -e /usr/include/zlib.h ] || [ -e /usr/local/include/zlib.h ]
}

# Makes sure that a system zlib with its header is there: the judge of the Deflate tests and fuzzers.
need_zlib() {
    if has_zlib_header; then return 0; fi
    if [ "$(uname -s)" != Linux ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "zlib.h is missing: install zlib with its header (Debian and Ubuntu: zlib1g-dev; Fedora: zlib-devel)" >&2
        return 1
    fi
    echo "zlib.h is missing: installing zlib1g-dev with apt-get"
    if as_root apt-get install -y -qq zlib1g-dev >/dev/null 2>&1; then return 0; fi
    as_root apt-get update -qq && as_root apt-get install -y -qq zlib1g-dev >/dev/null || {
        echo "zlib1g-dev could not be installed (no network, or not root and no sudo)" >&2
        return 1
    }
}

cd "$(dirname "$0")/.."
