using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine.Smoothing;

namespace CAManim.Native.Cli.Options;

/// <summary>How the maps of all layers become one.</summary>
internal static class FusionChoice
{
    /// <summary>What a fused map may be written as.</summary>
    public const string Numbers = ".safetensors";

    private const string Picture = ".png";

    /// <summary>Reads <c>--fuse</c>.</summary>
    /// <param name="mode">The word, or null.</param>
    /// <param name="file">The file of <c>--fused</c>, or null.</param>
    /// <param name="isScored">Whether there are ROAD scores.</param>
    /// <exception cref="UsageException">The word is not known, it or the file stands alone, or weights are missing.</exception>
    public static FusionMode? Read(string? mode, string? file, bool isScored)
    {
        if (mode is null)
        {
            return file is null ? null : throw new UsageException("--fused is where the map of --fuse goes. Give --fuse mean, max or weighted too.");
        }

        if (!Enum.TryParse(mode, ignoreCase: true, out FusionMode read) || int.TryParse(mode, out _))
        {
            throw new UsageException($"--fuse '{mode}' is not known. Use one of {string.Join(", ", Enum.GetNames<FusionMode>()).ToLowerInvariant()}.");
        }

        if (Path.GetExtension(file)?.ToLowerInvariant() is not (Picture or Numbers))
        {
            throw new UsageException($"--fuse makes a map, which --fused {(file is null ? "would name the file of" : $"'{file}' does not say the kind of")}. Give --fused FILE{Picture} or FILE{Numbers}.");
        }

        return read == FusionMode.Weighted && !isScored
            ? throw new UsageException("--fuse weighted weighs layers by their ROAD scores. Give --road too, or use mean or max.")
            : read;
    }
}
