namespace CAManim.Native.Kernels.Maps;

/// <summary>
/// The class activation map of one call of one module: what the engine computes and the encoder draws.
/// </summary>
/// <remarks>
/// Plain memory, nothing to dispose. Maps are kept at the layer's own resolution [h,w], row-major.
/// </remarks>
public sealed record LayerMap
{
    /// <summary>Qualified name of the module, as <c>named_modules()</c> gives it; a module called again is <c>name#1</c>, <c>name#2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Class of the module, for instance <c>Conv2d</c>.</summary>
    public required string ModuleClass { get; init; }

    /// <summary>C, the number of channels that were reduced.</summary>
    public required int Channels { get; init; }

    /// <summary>h, rows of the map.</summary>
    public required int Height { get; init; }

    /// <summary>w, columns of the map.</summary>
    public required int Width { get; init; }

    /// <summary>The sum over the channels before ReLU, [h,w]; orders pixels for ROAD.</summary>
    public required ReadOnlyMemory<float> SignedMap { get; init; }

    /// <summary>max(signed map, 0), [h,w].</summary>
    public required ReadOnlyMemory<float> Map { get; init; }

    /// <summary>Smallest value of <see cref="Map"/> after bilinear resize to the input's size; the local normalisation's zero.</summary>
    public required float Minimum { get; init; }

    /// <summary>Largest value of <see cref="Map"/> after bilinear resize to the input's size; the local normalisation's one.</summary>
    public required float Maximum { get; init; }

    /// <summary>Whether the resized map has one value only; it is drawn as zeros.</summary>
    public bool IsConstant => !(Maximum > Minimum);

    /// <summary>Whether the map holds NaN or infinity; such values are drawn as zero.</summary>
    public bool HasNonFinite { get; init; }

    /// <summary>Parameters (number of scalars) of the module, its children included.</summary>
    public long Parameters { get; init; }

    /// <summary>ROAD score of the map, or null where it was not asked for or has none.</summary>
    public float? Road { get; init; }
}
