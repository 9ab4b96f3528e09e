namespace CAManim.Native.Kernels.Tests.Imputation;

public sealed class ImputationVector512Tests() : ImputationVariantTests(KernelVariant.Vector512);
