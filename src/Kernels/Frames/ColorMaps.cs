namespace CAManim.Native.Kernels.Frames;

/// <summary>The colour maps: 256 colours each, from the smallest value to the largest.</summary>
public static partial class ColorMaps
{
    /// <summary>The colour map of the paper.</summary>
    public const string Default = "jet";

    private static readonly Dictionary<string, string> Tables = new(StringComparer.OrdinalIgnoreCase)
    {
        ["jet"] = Jet,
        ["turbo"] = Turbo,
        ["viridis"] = Viridis,
        ["inferno"] = Inferno,
        ["magma"] = Magma,
        ["plasma"] = Plasma,
        ["cividis"] = Cividis,
        ["hot"] = Hot,
        ["bone"] = Bone,
    };

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Tables.Keys];

    /// <summary>The 256 packed colours (<see cref="PackedColor"/>) of a map; a new array at every call.</summary>
    /// <param name="name">One of <see cref="Names"/>; case does not matter.</param>
    /// <exception cref="ArgumentException">There is no map of this name.</exception>
    public static uint[] Get(string name)
    {
        if (name is null || !Tables.TryGetValue(name, out string? table))
        {
            throw new ArgumentException($"There is no colour map \"{name}\". Known: {string.Join(", ", Names)}.", nameof(name));
        }

        uint[] colors = new uint[256];
        PackedColor.Pack(Convert.FromBase64String(table), colors);
        return colors;
    }
}
