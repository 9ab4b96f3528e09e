namespace CAManim.Native.Engine.Smoothing;

/// <summary>How the maps of several layers become one.</summary>
public enum FusionMode
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>At each pixel the largest.</summary>
    Max,

    /// <summary>The mean weighted by a number a layer.</summary>
    Weighted,
}
