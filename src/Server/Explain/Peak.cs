using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Server.Explain;

/// <summary>The centre of a map's largest cell, as shares of the input's width and height.</summary>
internal sealed record Peak(float X, float Y)
{
    public static Peak Of(LayerMap map)
    {
        ReadOnlySpan<float> values = map.Map.Span;
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            largest = values[i] > values[largest] ? i : largest;
        }

        return new Peak(((largest % map.Width) + 0.5f) / map.Width, ((largest / map.Width) + 0.5f) / map.Height);
    }
}
