using CAManim.Native.Kernels.Imputation;

namespace CAManim.Native.Kernels.Tests.Imputation;

/// <summary>The imputation on the CPU.</summary>
public abstract class ImputationVariantTests(KernelVariant variant) : ImputationTests
{
    private readonly ImputationWorkspace _workspace = new();

    [Fact]
    public void OneWorkspaceServesManySizesAndGivesTheSameBits()
    {
        foreach ((int height, int width) in new[] { (40, 40), (9, 70), (40, 40), (64, 16) })
        {
            byte[] mask = Masks.Noise(height, width, 0.6, 1);
            float[] image = Fill.Uniform(height * width, 1);
            float[] used = new float[image.Length];
            float[] fresh = new float[image.Length];
            Solve(image, mask, 1, height, width, used);
            LinearImputation.Solve(image, mask, 1, height, width, fresh, new ImputationOptions { Variant = variant }, new ImputationWorkspace());
            Assert.Equal(fresh, used);
        }
    }

    protected override ImputationResult Solve(
        ReadOnlySpan<float> image, ReadOnlySpan<byte> mask, int channels, int height, int width, Span<float> result) =>
        LinearImputation.Solve(image, mask, channels, height, width, result, new ImputationOptions { Variant = variant }, _workspace);
}
