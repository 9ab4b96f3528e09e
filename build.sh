#!/usr/bin/env bash
# Sets up what is missing and runs a target of build.cake: demo, test, bench, publish, pack, pictures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Build servers would outlive the build.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

target="${1:-}"
case "$target" in
    demo|test|bench|publish|pack|pictures) shift ;;
    ""|-h|--help|help)
        cat <<'HELP'
Usage: ./build.sh TARGET [--all]

  demo     builds the tool and makes the demo videos in artifacts/demo
  test     builds everything and runs all tests (--all: the slow ones too)
  bench    runs the benchmarks and prints the ratios to the floor
  publish  leaves the tool at artifacts/bin/camanim
  pack     leaves the packages in artifacts/packages
  pictures makes the pictures of the pages in docs/images (needs Chromium)
HELP
        [ -n "$target" ] && exit 0 || exit 2 ;;
    *)
        echo "build.sh: unknown target '$target'. Use demo, test, bench, publish, pack or pictures." >&2
        exit 2 ;;
esac

if ! command -v dotnet >/dev/null; then
    echo "build.sh: the .NET SDK $(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json) (or a later 10.0) is needed and 'dotnet' is not on the PATH." >&2
    echo "Install it as https://learn.microsoft.com/dotnet/core/install/linux describes, then run this again." >&2
    exit 1
fi

# libav encodes the videos. Any of libavcodec 58 to 62 will do; the distribution's own is installed.
missing_libav() {
    ! /sbin/ldconfig -p 2>/dev/null | grep -q 'libavcodec\.so\.\(58\|59\|60\|61\|62\)' ||
    ! /sbin/ldconfig -p 2>/dev/null | grep -q 'libavformat\.so\.'
}
if [ "$(uname -s)" = Linux ] && missing_libav; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing libav (libavcodec, libavformat) from the distribution's packages ..."
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        # The search also finds libavcodec-extra, which provides the name and excludes the package itself.
        packages=$(apt-cache --names-only search '^libav(codec|format)[0-9]+$' | cut -d' ' -f1 | grep -xE 'libav(codec|format)[0-9]+')
        # shellcheck disable=SC2086 # several packages
        apt-get install -y -qq --no-install-recommends $packages >/dev/null
    else
        echo "build.sh: libav is not installed; videos cannot be written and their tests skip." >&2
        echo "Install it, for instance on Debian and Ubuntu: sudo apt-get install libavcodec59 libavformat59 (the numbers differ by release; any of libavcodec 58 to 62)" >&2
    fi
fi

# Chromium opens the page in tests and for its pictures.
if [ "$target" = test ] || [ "$target" = pictures ]; then
    if ! command -v chromium-headless-shell chromium google-chrome >/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get update -qq; apt-cache show chromium-headless-shell >/dev/null 2>&1; }; then
            echo "Installing Chromium without windows (chromium-headless-shell, about 100 MB) ..."
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null ||
                echo "build.sh: Chromium could not be installed; the tests of the page skip." >&2
        else
            echo "build.sh: Chromium is not installed; the tests of the page skip. On Debian: sudo apt-get install chromium-headless-shell" >&2
        fi
    fi
fi

dotnet tool restore >/dev/null
exec dotnet cake build.cake --target="$target" --verbosity=normal "$@"
