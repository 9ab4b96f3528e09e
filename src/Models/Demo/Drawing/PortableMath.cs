namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>
/// Sine, cosine and arc tangent from additions and multiplications alone: the system's libraries differ in the last bit
/// from machine to machine, and a drawn picture must not. Nothing here (nor in the rest of the folder) uses a fused
/// multiply-add or a library lerp, which may be fused, for the same reason. Errors stay below 1e-4, far below a grey level.
/// </summary>
internal static class PortableMath
{
    /// <summary>π.</summary>
    public const float Pi = 3.14159265f;

    /// <summary>2π.</summary>
    public const float Tau = 6.2831853f;

    /// <summary>Sine by Taylor's series on [-π/2, π/2].</summary>
    public static float Sin(float angle)
    {
        float x = angle - (MathF.Floor((angle + Pi) * (1f / Tau)) * Tau);
        x = x > Pi / 2 ? Pi - x : x < -Pi / 2 ? -Pi - x : x;
        float s = x * x;
        return x * (1 - (s * ((1f / 6) - (s * ((1f / 120) - (s * ((1f / 5040) - (s * (1f / 362880)))))))));
    }

    /// <summary>Cosine.</summary>
    public static float Cos(float angle) => Sin(angle + (Pi / 2));

    /// <summary>The angle of (x, y) in [-π, π]; 0 at the origin.</summary>
    public static float Atan2(float y, float x)
    {
        float absX = MathF.Abs(x), absY = MathF.Abs(y);
        float larger = MathF.Max(absX, absY);
        if (larger == 0)
        {
            return 0;
        }

        float t = MathF.Min(absX, absY) / larger;
        float s = t * t;

        // Abramowitz and Stegun 4.4.49, on [0,1].
        float angle = t * (0.9998660f + (s * (-0.3302995f + (s * (0.1801410f + (s * (-0.0851330f + (s * 0.0208351f))))))));
        angle = absY > absX ? (Pi / 2) - angle : angle;
        angle = x < 0 ? Pi - angle : angle;
        return y < 0 ? -angle : angle;
    }

    /// <summary>Length of (x, y).</summary>
    public static float Length(float x, float y) => MathF.Sqrt((x * x) + (y * y));

    /// <summary>a at t = 0, b at t = 1.</summary>
    public static float Mix(float a, float b, float t) => a + ((b - a) * t);

    /// <summary>0 below <paramref name="low"/>, 1 above <paramref name="high"/>, smooth between.</summary>
    public static float Smooth(float low, float high, float value)
    {
        float t = Math.Clamp((value - low) / (high - low), 0f, 1f);
        return t * t * (3 - (2 * t));
    }
}
