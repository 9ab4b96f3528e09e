using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Tests.Road;

/// <summary>Results made of given maps.</summary>
internal static class RoadMaps
{
    public static LayerMap Layer(string name, int height, int width, float[] signed) => new()
    {
        Name = name,
        ModuleClass = "Conv2d",
        Channels = 1,
        Height = height,
        Width = width,
        SignedMap = signed,
        Map = signed.Select(v => MathF.Max(v, 0)).ToArray(),
        Minimum = 0,
        Maximum = 1,
        Parameters = name.Length,
    };

    public static CamResult Result(int height, int width, int classIndex, params LayerMap[] frames) => new()
    {
        Frames = frames,
        Layers = [],
        Logits = default,
        ClassIndex = classIndex,
        Probability = 0.5f,
        Method = CamMethod.GradCAM,
        InputHeight = height,
        InputWidth = width,
        GlobalMinimum = 0,
        GlobalMaximum = 1,
    };

    /// <summary>A map of smooth hills with a different value at each pixel.</summary>
    public static float[] Hills(int height, int width, int seed) => [.. Enumerable.Range(0, height * width)
        .Select(i => MathF.Sin((i % width * 0.7f) + seed) * MathF.Cos((i / width * 0.5f) - seed) + (0.0001f * i))];
}
