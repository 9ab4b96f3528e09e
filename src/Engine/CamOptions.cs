using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Targets;

namespace CAManim.Native.Engine;

/// <summary>What to compute.</summary>
public sealed record CamOptions
{
    /// <summary>How activation and gradient become a map. Default: GradCAM.</summary>
    public CamMethod Method { get; init; } = CamMethod.GradCAM;

    /// <summary>What the maps explain. Default: the top class.</summary>
    public Target Target { get; init; } = Target.Top;

    /// <summary>Which module calls give frames. Default: all.</summary>
    public LayerSelection Layers { get; init; } = LayerSelection.All;

    /// <summary>Order of the frames. Default: execution.</summary>
    public LayerOrder Order { get; init; } = LayerOrder.Execution;

    /// <summary>Seed of RandomCAM.</summary>
    public ulong Seed { get; init; }
}
