using CAManim.Native.Engine.Results;

namespace CAManim.Native.Engine.Tests;

/// <summary>The rule of the reference README, "how close is equal".</summary>
internal static class ReferenceMaps
{
    // From the README: float32 against float64 of the same maps differs by no less.
    private const double MedianBound = 1e-5;
    private const double MostBound = 1e-3;
    private const double AllBound = 2e-2;
    private const double Most = 0.95;
    private const double NoiseNorm = 1e-6;

    /// <summary>The README's rule: maps that are nothing but rounding noise cannot be compared.</summary>
    /// <param name="map">The reference's map.</param>
    /// <param name="operands">|activation| |gradient|.</param>
    public static bool IsNoise(float[] map, double operands) => Math.Sqrt(map.Sum(v => (double)v * v)) < NoiseNorm * operands;

    /// <summary>Compares every frame that the reference holds.</summary>
    /// <param name="key">Key of a frame in the reference file.</param>
    /// <param name="isNoise">Whether a map is nothing but rounding noise and cannot be compared.</param>
    public static void AssertEqual(CamResult result, ReferenceTensors reference, Func<string, string> key, Func<string, bool> isNoise)
    {
        List<(double Error, string Name)> errors = [];
        foreach (var frame in result.Frames.Where(f => reference.Contains(key(f.Name)) && !isNoise(f.Name)))
        {
            Assert.Equal([frame.Height, frame.Width], reference.Shape(key(frame.Name)));
            errors.Add((Numbers.RelativeL2(frame.Map.Span, reference.Floats(key(frame.Name))), frame.Name));
        }

        AssertBounds(errors);
    }

    /// <summary>Compares the signed maps of every frame that the reference holds; the reference's sign is arbitrary.</summary>
    public static void AssertEqualUpToSign(CamResult result, ReferenceTensors reference, Func<string, string> key)
    {
        List<(double Error, string Name)> errors = [];
        foreach (var frame in result.Frames.Where(f => reference.Contains(key(f.Name))))
        {
            float[] expected = reference.Floats(key(frame.Name));
            float[] turned = [.. expected.Select(v => -v)];
            Assert.Equal([frame.Height, frame.Width], reference.Shape(key(frame.Name)));
            errors.Add((Math.Min(Numbers.RelativeL2(frame.SignedMap.Span, expected), Numbers.RelativeL2(frame.SignedMap.Span, turned)), frame.Name));
        }

        AssertBounds(errors);
    }

    /// <summary>Asserts the bounds for errors that were measured elsewhere.</summary>
    /// <param name="count">How many there must be.</param>
    public static void AssertEqual(IEnumerable<(double Error, string Name)> measured, int count)
    {
        List<(double Error, string Name)> errors = [.. measured];
        AssertBounds(errors);
        Assert.Equal(count, errors.Count);
    }

    private static void AssertBounds(List<(double Error, string Name)> errors)
    {
        Assert.NotEmpty(errors);
        errors.Sort();
        (double worst, string name) = errors[^1];
        string text = $"median {errors[errors.Count / 2].Error:E2}, 95 % {errors[(int)(Most * (errors.Count - 1))].Error:E2}, worst {worst:E2} at {name}, {errors.Count} layers";
        Assert.True(errors[errors.Count / 2].Error <= MedianBound, text);
        Assert.True(errors[(int)(Most * (errors.Count - 1))].Error <= MostBound, text);
        Assert.True(worst <= AllBound, text);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
    }
}
