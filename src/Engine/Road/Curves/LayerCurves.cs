namespace CAManim.Native.Engine.Road.Curves;

/// <summary>Insertion and deletion curve of one layer's map.</summary>
public sealed record LayerCurves
{
    /// <summary>Name of the layer's frame.</summary>
    public required string Name { get; init; }

    /// <summary>Score of the class with 0, 1/S, ... 1 of the pixels, most relevant first, put into the blurred image; empty where the map ranks no pixels.</summary>
    public IReadOnlyList<float> Insertion { get; init; } = [];

    /// <summary>Score of the class with 0, 1/S, ... 1 of the pixels, most relevant first, set to zero; empty where the map ranks no pixels.</summary>
    public IReadOnlyList<float> Deletion { get; init; } = [];

    /// <summary>Area under <see cref="Insertion"/>, 0 to 1; high is good. Null where there is none.</summary>
    public float? InsertionArea => Area(Insertion);

    /// <summary>Area under <see cref="Deletion"/>, 0 to 1; low is good. Null where there is none.</summary>
    public float? DeletionArea => Area(Deletion);

    /// <summary>Why there are no curves, or null.</summary>
    public string? Reason { get; init; }

    // Trapezoids.
    private static float? Area(IReadOnlyList<float> curve) =>
        curve.Count < 2 ? null : (float)((curve.Sum(v => (double)v) - ((curve[0] + (double)curve[^1]) / 2)) / (curve.Count - 1));
}
