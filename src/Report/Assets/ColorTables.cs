using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Report.Assets;

/// <summary>The colour maps of videos for the scripts of pages.</summary>
public static class ColorTables
{
    /// <summary>Three bytes a colour, R first, 256 colours; a new array at every call.</summary>
    /// <param name="name">One of <see cref="ColorMaps.Names"/>.</param>
    /// <exception cref="ArgumentException">There is no map of this name.</exception>
    public static byte[] Bytes(string name) => [.. ColorMaps.Get(name).SelectMany(color => (byte[])[(byte)color, (byte)(color >> 8), (byte)(color >> 16)])];
}
