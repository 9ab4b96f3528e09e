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
