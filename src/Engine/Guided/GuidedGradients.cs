using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Guided;

/// <summary>A guided gradient of one image and target: plain memory, nothing to dispose.</summary>
/// <param name="Gradient">[C,H,W], in units of the target for each unit of the normalised input.</param>
/// <param name="Channels">C.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
/// <param name="ClassIndex">Index of the explained class; -1 where there are no logits.</param>
/// <param name="Rectifiers">How many ReLU modules were guided.</param>
public sealed record GuidedGradients(ReadOnlyMemory<float> Gradient, int Channels, int Height, int Width, int ClassIndex, int Rectifiers)
{
    // A few pixels on edges are many times larger than the rest.
    private const double Shown = 0.99;

    /// <summary>The sum over the channels of |gradient| at every pixel, cut off at its 99th percentile, as a map to be drawn beside others.</summary>
    /// <param name="name">Name of the frame.</param>
    public LayerMap ToMap(string name)
    {
        int pixels = Height * Width;
        float[] map = new float[pixels];
        ReadOnlySpan<float> gradient = Gradient.Span;
        for (int i = 0; i < gradient.Length; i++)
        {
            map[i % pixels] += MathF.Abs(gradient[i]);
        }

        float highest = map.Order().ElementAt((int)(Shown * (pixels - 1)));
        for (int i = 0; highest > 0 && i < pixels; i++)
        {
            map[i] = MathF.Min(map[i], highest);
        }

        return new LayerMap
        {
            Name = name,
            ModuleClass = "Guided",
            Channels = Channels,
            Height = Height,
            Width = Width,
            SignedMap = map,
            Map = map,
            Minimum = map.Min(),
            Maximum = map.Max(),
        };
    }
}
