namespace CAManim.Native.Kernels.Tests.Imputation;

public sealed class ImputationVector256Tests : ImputationTests
{
    protected override KernelVariant Variant => KernelVariant.Vector256;
}
