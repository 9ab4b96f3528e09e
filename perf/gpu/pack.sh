#!/bin/sh
# Makes artifacts/camanim-gpu.tar.xz: the checks and measurements for a GPU machine, with a .NET runtime of their own and without libtorch.
set -e
cd "$(dirname "$0")/../.."
out=artifacts/camanim-gpu
rm -rf "$out" "$out.tar.xz"
dotnet publish perf/gpu/CAManim.Native.Perf.Gpu.csproj -c Release -r linux-x64 --self-contained -p:LibTorch=none -p:DebugType=none -p:NuGetLockFilePath=obj/pack.lock.json -o "$out" -v quiet --nologo
cp perf/gpu/README.md "$out"
tar -C artifacts -cf - camanim-gpu | xz -T0 -6 > "$out.tar.xz"
size=$(stat -c %s "$out.tar.xz")
echo "$out.tar.xz: $((size / 1000000)) MB"
[ "$size" -lt 60000000 ] || { echo "pack.sh: more than the 60 MB that may be carried" >&2; exit 1; }
