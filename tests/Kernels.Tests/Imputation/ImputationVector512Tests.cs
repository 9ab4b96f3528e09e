namespace CAManim.Native.Kernels.Tests.Imputation;

public sealed class ImputationVector512Tests : ImputationTests
{
    protected override KernelVariant Variant => KernelVariant.Vector512;
}
