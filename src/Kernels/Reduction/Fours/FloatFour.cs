namespace CAManim.Native.Kernels.Reduction.Fours;

/// <summary>Four float32: 16 bytes, the widest load of a thread.</summary>
internal struct FloatFour : IFour
{
    public float A;
    public float B;
    public float C;
    public float D;

    /// <inheritdoc/>
    public readonly FloatFour Widen() => this;

    /// <summary>The sum of both, element by element.</summary>
    public static FloatFour Add(FloatFour x, FloatFour y) => new() { A = x.A + y.A, B = x.B + y.B, C = x.C + y.C, D = x.D + y.D };

    /// <summary>A + B + C + D, in that order.</summary>
    public readonly float Sum() => A + B + C + D;
}
