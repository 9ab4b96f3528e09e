using System.Runtime.Intrinsics;
using System.Runtime.InteropServices;

namespace CAManim.Native.Cli.Doctor;

/// <summary>Cores and vector widths.</summary>
internal static class Processor
{
    public static Finding Check()
    {
        string widths = string.Join(", ", new[]
        {
            (128, Vector128.IsHardwareAccelerated),
            (256, Vector256.IsHardwareAccelerated),
            (512, Vector512.IsHardwareAccelerated),
        }.Where(w => w.Item2).Select(w => w.Item1));
        string found = $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, vectors of {(widths.Length == 0 ? "no" : widths)} bits";
        return Vector256.IsHardwareAccelerated || RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? new Finding("processor", FindingState.Ok, found)
            : new Finding("processor", FindingState.Note, found, "Vectors of 256 bits (AVX2) are missing or switched off (DOTNET_EnableAVX2=0); maps and frames are computed more slowly.");
    }
}
