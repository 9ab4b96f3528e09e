using System.Text;
using CAManim.Native.Kernels.Imputation;

namespace CAManim.Native.Engine.Road;

/// <summary>Keys of the noise.</summary>
internal static class RoadNoise
{
    /// <summary>
    /// The key of one image. A layer is known by its name, not by its place, so that a selection of layers has the noise of the whole series.
    /// </summary>
    /// <param name="seed">The series' seed.</param>
    /// <param name="trial">Index of the trial.</param>
    /// <param name="layer"><see cref="Hash"/> of the layer's name.</param>
    /// <param name="percentile">Percentage that is kept.</param>
    /// <param name="isMostFirst">Whether the most relevant pixels went.</param>
    public static NoiseKey Key(ulong seed, int trial, int layer, double percentile, bool isMostFirst) =>
        new(seed, trial, layer, (float)percentile, !isMostFirst);

    /// <summary>FNV-1a over the name's UTF-8 bytes; stable from process to process, which string.GetHashCode is not.</summary>
    public static int Hash(string name)
    {
        uint hash = 0x811c9dc5;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 0x01000193;
        }

        return (int)hash;
    }
}
