using System.Numerics;
using System.Runtime.InteropServices;

namespace CAManim.Native.Engine.Methods.Components;

/// <summary>The few vector operations that principal components are made of, in the processor's widest vectors.</summary>
internal static class Vectors
{
    /// <summary>sum x_i y_i in four partial vectors.</summary>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        int width = Vector<float>.Count;
        ReadOnlySpan<Vector<float>> a = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<float>> b = MemoryMarshal.Cast<float, Vector<float>>(y)[..a.Length];
        Vector<float> s0 = Vector<float>.Zero;
        Vector<float> s1 = s0;
        Vector<float> s2 = s0;
        Vector<float> s3 = s0;
        int i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++)
        {
            s0 += a[i] * b[i];
        }

        float sum = Vector.Sum((s0 + s1) + (s2 + s3));
        for (int rest = a.Length * width; rest < x.Length; rest++)
        {
            sum += x[rest] * y[rest];
        }

        return sum;
    }

    /// <summary>y += factor x.</summary>
    public static void AddScaled(Span<float> y, ReadOnlySpan<float> x, float factor)
    {
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(y);
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(x)[..target.Length];
        Vector<float> f = new(factor);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += f * source[i];
        }

        for (int i = target.Length * Vector<float>.Count; i < y.Length; i++)
        {
            y[i] += factor * x[i];
        }
    }

    /// <summary>y += f_0 x_0 + f_1 x_1 + f_2 x_2 + f_3 x_3, for four rows x that lie one behind the other.</summary>
    public static void AddFourScaled(Span<float> y, ReadOnlySpan<float> rows, ReadOnlySpan<float> factors)
    {
        int n = y.Length;
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(y);
        ReadOnlySpan<Vector<float>> x0 = MemoryMarshal.Cast<float, Vector<float>>(rows[..n])[..target.Length];
        ReadOnlySpan<Vector<float>> x1 = MemoryMarshal.Cast<float, Vector<float>>(rows.Slice(n, n))[..target.Length];
        ReadOnlySpan<Vector<float>> x2 = MemoryMarshal.Cast<float, Vector<float>>(rows.Slice(2 * n, n))[..target.Length];
        ReadOnlySpan<Vector<float>> x3 = MemoryMarshal.Cast<float, Vector<float>>(rows.Slice(3 * n, n))[..target.Length];
        (Vector<float> f0, Vector<float> f1, Vector<float> f2, Vector<float> f3) = (new(factors[0]), new(factors[1]), new(factors[2]), new(factors[3]));
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Vector.FusedMultiplyAdd(f0, x0[i], Vector.FusedMultiplyAdd(f1, x1[i], Vector.FusedMultiplyAdd(f2, x2[i], Vector.FusedMultiplyAdd(f3, x3[i], target[i]))));
        }

        for (int i = target.Length * Vector<float>.Count; i < n; i++)
        {
            y[i] += (factors[0] * rows[i]) + (factors[1] * rows[n + i]) + (factors[2] * rows[(2 * n) + i]) + (factors[3] * rows[(3 * n) + i]);
        }
    }

    /// <summary>x *= factor.</summary>
    public static void Scale(Span<float> x, float factor)
    {
        Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(x);
        foreach (ref Vector<float> value in wide)
        {
            value *= factor;
        }

        foreach (ref float value in x[(wide.Length * Vector<float>.Count)..])
        {
            value *= factor;
        }
    }

    /// <summary>x *= y, or x *= |y|.</summary>
    public static void Multiply(Span<float> x, ReadOnlySpan<float> y, bool isMagnitude)
    {
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(y)[..target.Length];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] *= isMagnitude ? Vector.Abs(source[i]) : source[i];
        }

        for (int i = target.Length * Vector<float>.Count; i < x.Length; i++)
        {
            x[i] *= isMagnitude ? MathF.Abs(y[i]) : y[i];
        }
    }

    /// <summary>x -= value.</summary>
    public static void Subtract(Span<float> x, float value)
    {
        Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(x);
        Vector<float> v = new(value);
        foreach (ref Vector<float> element in wide)
        {
            element -= v;
        }

        foreach (ref float element in x[(wide.Length * Vector<float>.Count)..])
        {
            element -= value;
        }
    }

    /// <summary>y += factor |x|.</summary>
    public static void AddMagnitudes(Span<float> y, ReadOnlySpan<float> x, float factor)
    {
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(y);
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(x)[..target.Length];
        Vector<float> f = new(factor);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += f * Vector.Abs(source[i]);
        }

        for (int i = target.Length * Vector<float>.Count; i < y.Length; i++)
        {
            y[i] += factor * MathF.Abs(x[i]);
        }
    }

    /// <summary>y += x².</summary>
    public static void AddSquares(Span<float> y, ReadOnlySpan<float> x)
    {
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(y);
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(x)[..target.Length];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += source[i] * source[i];
        }

        for (int i = target.Length * Vector<float>.Count; i < y.Length; i++)
        {
            y[i] += x[i] * x[i];
        }
    }

    /// <summary>NaN becomes 0.</summary>
    public static void ReplaceNaN(Span<float> x)
    {
        Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(x);
        foreach (ref Vector<float> value in wide)
        {
            value = Vector.ConditionalSelect(Vector.Equals(value, value), value, Vector<float>.Zero);
        }

        foreach (ref float value in x[(wide.Length * Vector<float>.Count)..])
        {
            value = float.IsNaN(value) ? 0 : value;
        }
    }

    /// <summary>The sum, in float64.</summary>
    public static double Sum(ReadOnlySpan<float> x)
    {
        ReadOnlySpan<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(x);
        Vector<double> s0 = Vector<double>.Zero;
        Vector<double> s1 = s0;
        Vector<double> s2 = s0;
        Vector<double> s3 = s0;
        int i = 0;
        for (; i + 2 <= wide.Length; i += 2)
        {
            Vector.Widen(wide[i], out Vector<double> low0, out Vector<double> high0);
            Vector.Widen(wide[i + 1], out Vector<double> low1, out Vector<double> high1);
            s0 += low0;
            s1 += high0;
            s2 += low1;
            s3 += high1;
        }

        double sum = Vector.Sum((s0 + s1) + (s2 + s3));
        foreach (float value in x[(i * Vector<float>.Count)..])
        {
            sum += value;
        }

        return sum;
    }
}
