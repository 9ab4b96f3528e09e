using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Layout;

/// <summary>The picture of a panel at the panel's size, and the part of it that maps are drawn over: all, or what the network saw, with the rest dimmed around it.</summary>
internal sealed class PanelPicture
{
    // Enough of the picture to know it again.
    private const uint Dimming = 160;

    /// <param name="image">The picture.</param>
    /// <param name="area">What the network saw of it; null for all.</param>
    /// <param name="width">Columns of the panel.</param>
    /// <param name="height">Rows of the panel.</param>
    /// <param name="table">256 packed colours.</param>
    /// <param name="alpha">Share of the colours.</param>
    /// <param name="background">What the rest is dimmed towards.</param>
    public PanelPicture(RgbImage image, MapArea? area, int width, int height, uint[] table, float alpha, uint background)
    {
        (Width, Height) = (width, height);
        Pixels = PanelImage.Resize(image, width, height);
        if (area is null)
        {
            Map = new FramePanel(width, height, Pixels, table, alpha);
            return;
        }

        (X, Y, int mapWidth, int mapHeight) = area.Value.InPixels(width, height);
        uint[] seen = new uint[mapWidth * mapHeight];
        for (int y = 0; y < mapHeight; y++)
        {
            Pixels.AsSpan(((Y + y) * width) + X, mapWidth).CopyTo(seen.AsSpan(y * mapWidth));
        }

        for (int i = 0; i < Pixels.Length; i++)
        {
            Pixels[i] = PackedColor.Blend(background, Pixels[i], Dimming);
        }

        for (int y = 0; y < mapHeight; y++)
        {
            seen.AsSpan(y * mapWidth, mapWidth).CopyTo(Pixels.AsSpan(((Y + y) * width) + X));
        }

        Map = new FramePanel(mapWidth, mapHeight, seen, table, alpha);
    }

    /// <summary>Columns of the panel.</summary>
    public int Width { get; }

    /// <summary>Rows of the panel.</summary>
    public int Height { get; }

    /// <summary>[Height,Width], packed, dimmed where the network saw nothing.</summary>
    public uint[] Pixels { get; }

    /// <summary>What maps are drawn over.</summary>
    public FramePanel Map { get; }

    /// <summary>First column of <see cref="Map"/> in the panel.</summary>
    public int X { get; }

    /// <summary>First row of <see cref="Map"/> in the panel.</summary>
    public int Y { get; }

    /// <summary>Whether maps leave a part of the panel as it is.</summary>
    public bool HasBorder => Map.Width < Width || Map.Height < Height;
}
