namespace CAManim.Native.Kernels.Tests.Imputation;

public sealed class ImputationScalarTests : ImputationTests
{
    protected override KernelVariant Variant => KernelVariant.Scalar;
}
