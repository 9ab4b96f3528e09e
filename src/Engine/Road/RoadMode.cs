namespace CAManim.Native.Engine.Road;

/// <summary>How pixels are chosen for removal.</summary>
public enum RoadMode
{
    /// <summary>Exactly round((1-p)·HW) pixels, ranked by the resized signed map; equal values by position.</summary>
    Exact,

    /// <summary>
    /// What the Python code does: kept is <c>map &lt; percentile(map, p)</c> of the resized map after ReLU, scaled to [0,1],
    /// and <c>1 - map</c> for least relevant first. A threshold that many pixels share removes all of them.
    /// </summary>
    Reference,
}
