using CAManim.Native.Engine.Capture;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Methods;

/// <summary>A CAM method: its description; how it computes is the business of its family.</summary>
internal abstract class MapMethod
{
    /// <summary>What it is and what it costs.</summary>
    public abstract MethodDescription Description { get; }

    /// <summary>Whether the network's input is a layer to it.</summary>
    public virtual bool NeedsInput => false;

    /// <summary>Why it has no map at a layer, or null. Asked once for each tap, when the activation is there.</summary>
    public virtual string? FindSkipReason(LayerTap tap, CamOptions options) => tap.IsInput ? "the input is no layer" : null;

    /// <summary>The map [H,W] of the network as a whole, made of those of its layers; null, the default, where the method has none.</summary>
    public virtual float[]? Aggregate(IReadOnlyList<LayerMap> frames, int inputHeight, int inputWidth) => null;
}
