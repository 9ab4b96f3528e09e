using CAManim.Native.Engine.Capture;

namespace CAManim.Native.Engine.Methods;

/// <summary>One image's activation and gradient at one layer.</summary>
internal readonly ref struct LayerTensors
{
    /// <summary>Qualified name with the number of the call.</summary>
    public required string Name { get; init; }

    /// <summary>A [C,h,w].</summary>
    public required ReadOnlySpan<float> Activation { get; init; }

    /// <summary>G [C,h,w].</summary>
    public required ReadOnlySpan<float> Gradient { get; init; }

    /// <summary>C.</summary>
    public required int Channels { get; init; }

    /// <summary>h.</summary>
    public required int Height { get; init; }

    /// <summary>w.</summary>
    public required int Width { get; init; }

    /// <summary>b [C] of the module, or null where it has none; read when it is asked for.</summary>
    public float[]? Bias => Module?.Values;

    /// <summary>The module's bias; null for the network's input.</summary>
    public ImplicitBias? Module { private get; init; }

    /// <summary>Seed and compatibility.</summary>
    public required CamOptions Options { get; init; }
}
