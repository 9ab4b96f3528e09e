using CAManim.Native.Models.Demo.Drawing;

namespace CAManim.Native.Train.Tests;

public sealed class PortableMathTests
{
    // What the class promises; the series end where the terms fall below it.
    private const float Tolerance = 1e-4f;

    [Fact]
    public void Sine_and_cosine_follow_the_library_s()
    {
        for (float angle = -20; angle < 20; angle += 0.0137f)
        {
            Assert.Equal(MathF.Sin(angle), PortableMath.Sin(angle), Tolerance);
            Assert.Equal(MathF.Cos(angle), PortableMath.Cos(angle), Tolerance);
        }
    }

    [Fact]
    public void The_arc_tangent_follows_the_library_s_in_all_quadrants()
    {
        for (float angle = -3.14f; angle < 3.14f; angle += 0.0091f)
        {
            (float y, float x) = (3.7f * MathF.Sin(angle), 3.7f * MathF.Cos(angle));
            Assert.Equal(MathF.Atan2(y, x), PortableMath.Atan2(y, x), Tolerance);
        }

        Assert.Equal(0, PortableMath.Atan2(0, 0));
    }

    [Fact]
    public void Random_numbers_have_the_moments_they_promise()
    {
        DemoRandom random = new(5);
        double mean = 0, square = 0, unit = 0;
        const int count = 200_000;
        for (int i = 0; i < count; i++)
        {
            float gaussian = random.Gaussian(), uniform = random.Unit();
            Assert.InRange(uniform, 0, 0.99999999f);
            mean += gaussian / count;
            square += gaussian * (double)gaussian / count;
            unit += uniform / (double)count;
        }

        // Five deviations of the means: 1/sqrt(n), about sqrt(1.7/n), sqrt(1/12n).
        Assert.Equal(0, mean, 0.0112);
        Assert.Equal(1, square, 0.0146);
        Assert.Equal(0.5, unit, 0.0033);
    }

    [Fact]
    public void Streams_of_one_seed_differ()
    {
        DemoRandom random = new(1);
        Assert.Equal(50, Enumerable.Range(0, 50).Select(i => random.Fork((uint)i).Next()).Distinct().Count());
        Assert.Equal(random.Fork(3).Next(), new DemoRandom(1).Fork(3).Next());
    }
}
