namespace CAManim.Native.Engine.Methods;

/// <summary>A method whose map follows from one layer's activation and gradient: all layers come out of one forward and backward.</summary>
internal abstract class LayerMethod : MapMethod
{
    /// <summary>Whether the layer's name matters: a container and its last child, which share tensors, then have different maps.</summary>
    public virtual bool DependsOnName => false;

    /// <summary>Writes the signed map [h·w] of one image.</summary>
    public abstract void Reduce(in LayerTensors layer, Span<float> signedMap);

    /// <summary>Writes what each channel adds to the signed map, [C,h·w], where the map is a sum over channels.</summary>
    /// <returns>False, the default, where it is none.</returns>
    public virtual bool TrySplit(in LayerTensors layer, Span<float> summands) => false;
}
