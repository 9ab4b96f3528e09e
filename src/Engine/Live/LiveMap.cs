using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Live;

/// <summary>The map of one layer in a <see cref="LiveFrame"/>; its memory is that of the session and is written again by the next frame.</summary>
public sealed class LiveMap
{
    private readonly float[] _signed;
    private readonly float[] _map;
    private LiveMap _source;
    private float _minimum;
    private float _maximum;
    private bool _hasNonFinite;

    internal LiveMap(ModuleNode node, string name, int channels, int height, int width)
    {
        (Node, Name, Channels, Height, Width) = (node, name, channels, height, width);
        _signed = new float[height * width];
        _map = new float[height * width];
        _source = this;
    }

    /// <summary>Qualified name of the module; a module called again is <c>name#1</c>, <c>name#2</c>.</summary>
    public string Name { get; }

    /// <summary>Class of the module.</summary>
    public string ModuleClass => Node.ModuleClass;

    /// <summary>Parameters (number of scalars) of the module, its children included.</summary>
    public long Parameters => Node.Parameters;

    /// <summary>C, the number of channels that were reduced.</summary>
    public int Channels { get; }

    /// <summary>h, rows of the map.</summary>
    public int Height { get; }

    /// <summary>w, columns of the map.</summary>
    public int Width { get; }

    /// <summary>The sum over the channels before ReLU, [h,w], row-major.</summary>
    public ReadOnlySpan<float> SignedMap => _source._signed;

    /// <summary>max(signed map, 0), [h,w], row-major.</summary>
    public ReadOnlySpan<float> Map => _source._map;

    /// <summary>Smallest value of <see cref="Map"/> after bilinear resize to the input's size.</summary>
    public float Minimum => _source._minimum;

    /// <summary>Largest value of <see cref="Map"/> after bilinear resize to the input's size.</summary>
    public float Maximum => _source._maximum;

    /// <summary>Whether the map holds NaN or infinity.</summary>
    public bool HasNonFinite => _source._hasNonFinite;

    /// <summary>Whether the resized map has one value only.</summary>
    public bool IsConstant => !(Maximum > Minimum);

    /// <summary>A copy that outlives the frame.</summary>
    public LayerMap ToLayerMap() => new()
    {
        Name = Name,
        ModuleClass = ModuleClass,
        Channels = Channels,
        Height = Height,
        Width = Width,
        SignedMap = SignedMap.ToArray(),
        Map = Map.ToArray(),
        Minimum = Minimum,
        Maximum = Maximum,
        HasNonFinite = HasNonFinite,
        Parameters = Parameters,
    };

    /// <summary>The module.</summary>
    internal ModuleNode Node { get; }

    /// <summary>Where the signed map is written before <see cref="Complete"/>.</summary>
    internal Span<float> Signed => _signed;

    /// <summary>Rectifies the signed map and finds the extrema of what it becomes at the input's size.</summary>
    internal void Complete(int inputHeight, int inputWidth)
    {
        _source = this;
        _hasNonFinite = TapMap.Rectify(_signed, _map);
        ResizedExtrema.Find(_map, Height, Width, inputHeight, inputWidth, out _minimum, out _maximum);
    }

    /// <summary>Shows its own map from here on, which a device will deliver.</summary>
    internal void Own() => _source = this;

    /// <summary>Takes a map that was made elsewhere.</summary>
    internal void Take(TapMap map)
    {
        map.Signed.CopyTo(_signed, 0);
        map.Map.CopyTo(_map, 0);
        (_minimum, _maximum, _hasNonFinite) = (map.Minimum, map.Maximum, map.HasNonFinite);
    }

    /// <summary>Shows the map of a layer with the same activation and gradient, a container's last child.</summary>
    internal void Share(LiveMap source) => _source = source._source;
}
