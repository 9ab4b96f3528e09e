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
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= x.Length; i += 4)
        {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }

        for (; i < x.Length; i++)
        {
            s0 += x[i];
        }

        return (s0 + s1) + (s2 + s3);
    }
}
