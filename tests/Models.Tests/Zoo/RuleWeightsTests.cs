using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Tests.Zoo;

public sealed class RuleWeightsTests
{
    [Fact]
    public void The_numbers_of_a_key_are_the_written_ones()
    {
        var u = new float[3];
        RuleWeights.FillUniform(u, "x:y");
        Assert.Equal([0.80981904f, 0.653349f, 0.064382434f], u);
        Assert.Equal(13769673506825121082UL, RuleWeights.Fnv1a("x:y"));
    }
}
