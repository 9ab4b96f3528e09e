using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Layout;

/// <summary>Colours of a frame, packed. Greys, so that chroma stays still; the one accent is the progress line.</summary>
internal static class Theme
{
    public static readonly uint Background = PackedColor.Pack(22, 22, 22);
    public static readonly uint Primary = PackedColor.Pack(240, 240, 240);
    public static readonly uint Secondary = PackedColor.Pack(164, 164, 164);
    public static readonly uint Plot = PackedColor.Pack(30, 30, 30);
    public static readonly uint Groove = PackedColor.Pack(52, 52, 52);
    public static readonly uint MiddleGrey = PackedColor.Pack(128, 128, 128);
    public static readonly uint Accent = PackedColor.Pack(255, 176, 59);
}
