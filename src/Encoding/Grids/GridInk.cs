using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Grids;

/// <summary>Colours of a grid, packed.</summary>
internal sealed record GridInk(uint Background, uint Primary, uint Secondary)
{
    /// <summary>As the videos have it.</summary>
    public static GridInk Dark { get; } = new(Theme.Background, Theme.Primary, Theme.Secondary);

    /// <summary>For paper.</summary>
    public static GridInk Light { get; } = new(PackedColor.Pack(255, 255, 255), PackedColor.Pack(16, 16, 16), PackedColor.Pack(88, 88, 88));

    /// <summary>Those of a grid.</summary>
    public static GridInk Of(PanelGrid grid) => grid.IsLight ? Light : Dark;
}
