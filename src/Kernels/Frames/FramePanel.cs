namespace CAManim.Native.Kernels.Frames;

/// <summary>What stays the same for every map of a video: the picture under the maps, the colour map, how strongly it covers.</summary>
public sealed class FramePanel
{
    /// <summary>Wraps the arrays; nothing is copied.</summary>
    /// <param name="width">Columns of the panel, at least 1.</param>
    /// <param name="height">Rows of the panel, at least 1.</param>
    /// <param name="image">The picture at the panel's size, packed (<see cref="PackedColor"/>).</param>
    /// <param name="table">256 packed colours.</param>
    /// <param name="alpha">Share of the colours over the picture, 0..1; kept as a multiple of 1/256.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or alpha is not in 0..1.</exception>
    /// <exception cref="ArgumentException">An array has the wrong length.</exception>
    public FramePanel(int width, int height, uint[] image, uint[] table, float alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(table);
        if (!(alpha >= 0 && alpha <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha is the share of the colours over the picture, from 0 to 1.");
        }

        if (image.LongLength != (long)width * height || table.Length != 256)
        {
            throw new ArgumentException($"A {width}x{height} panel needs {(long)width * height} pixels and 256 colours, got {image.LongLength} and {table.Length}.");
        }

        (Width, Height, Image, Table) = (width, height, image, table);
        Weight = (uint)MathF.Round(alpha * 256);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The packed picture, [Height,Width].</summary>
    public uint[] Image { get; }

    /// <summary>The packed colours, 256.</summary>
    public uint[] Table { get; }

    /// <summary>Alpha in 1/256.</summary>
    public uint Weight { get; }
}
