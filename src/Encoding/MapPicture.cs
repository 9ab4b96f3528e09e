using CAManim.Native.Encoding.Images;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Encoding;

/// <summary>The map of one layer as a picture of its own, with nothing around it.</summary>
public static class MapPicture
{
    /// <summary>Writes a map over the picture as a PNG at the picture's size; the file appears whole or not at all.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <param name="image">The picture.</param>
    /// <param name="layer">The map.</param>
    /// <param name="options">Colours, alpha, what the maps lie on, and the size if it is not the picture's (<see cref="VideoOptions.Scale"/>, <see cref="VideoOptions.PanelSize"/>, <see cref="VideoOptions.Width"/>). <see cref="NormalisationView.Global"/> takes the global range, all others the map's own.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteOverlay(string path, RgbImage image, LayerMap layer, VideoOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RgbImage drawn = Overlay(image, layer, options);
        using OutputFile file = new(path);
        PngFile.Write(file.TemporaryPath, drawn);
        file.Commit();
    }

    /// <summary>Draws a map over the picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="layer">The map.</param>
    /// <param name="options">As for <see cref="WriteOverlay"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static RgbImage Overlay(RgbImage image, LayerMap layer, VideoOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (int width, int height) = Size(image.Width, image.Height, options);
        PanelPicture picture = new(image, options.MapArea, width, height, ColorMaps.Get(options.ColorMap), options.Alpha, Theme.Background);
        byte[] pixels = new byte[3L * width * height];
        FramePlanes planes = new(FrameFormat.Rgb24, width, height, pixels, width * 3);
        FrameKernel.Fill(planes, 0, 0, width, height, picture.Pixels);
        (float minimum, float maximum) = Range(layer, options);
        FrameKernel.Compose(planes, new FrameMap(layer.Map.Span, layer.Height, layer.Width), picture.Map, [new FramePlace(picture.X, picture.Y, minimum, maximum)], [], new FrameScratch());
        return new RgbImage(width, height, pixels);
    }

    /// <summary>Writes a map alone as a PNG with transparency: the colours of the map, as opaque as the map is high; nothing where the network saw nothing.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <param name="width">W of the picture that it belongs to.</param>
    /// <param name="height">H of that picture.</param>
    /// <param name="layer">The map.</param>
    /// <param name="options">As for <see cref="WriteOverlay"/>; alpha is not used.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteHeatmap(string path, int width, int height, LayerMap layer, VideoOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (width, height) = Size(width, height, options);
        (int x, int y, int across, int down) = options.MapArea?.InPixels(width, height) ?? (0, 0, width, height);
        uint[] table = ColorMaps.Get(options.ColorMap);
        (float minimum, float maximum) = Range(layer, options);
        float range = maximum > minimum ? maximum - minimum : float.PositiveInfinity;
        float[] finite = Array.ConvertAll(layer.Map.ToArray(), v => float.IsFinite(v) ? v : 0);
        float[] values = new float[(long)across * down];
        BilinearResize.Resize(finite, layer.Height, layer.Width, values, down, across);
        byte[] pixels = new byte[4L * width * height];
        for (int i = 0; i < values.Length; i++)
        {
            int to = 4 * (((y + (i / across)) * width) + x + (i % across));
            float share = Math.Clamp((values[i] - minimum) / range, 0, 1);
            uint colour = table[(int)(share * 255)];
            (pixels[to], pixels[to + 1], pixels[to + 2], pixels[to + 3]) = ((byte)colour, (byte)(colour >> 8), (byte)(colour >> 16), (byte)MathF.Round(share * 255));
        }

        using OutputFile file = new(path);
        File.WriteAllBytes(file.TemporaryPath, PngFile.EncodeTransparent(width, height, pixels));
        file.Commit();
    }

    private static (float Minimum, float Maximum) Range(LayerMap layer, VideoOptions options) => options.View == NormalisationView.Global
        ? FrameLayout.Series([layer], options).GlobalRange()
        : (layer.Minimum, layer.Maximum);

    private static (int Width, int Height) Size(int width, int height, VideoOptions options)
    {
        double scale = options.Scale ?? (options.PanelSize is { } side ? side / (double)Math.Max(width, height) : options.Width is { } asked ? asked / (double)width : 1);
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }
}
