namespace CAManim.Native.Kernels.Tests.Imputation;

public sealed class ImputationVector256Tests() : ImputationVariantTests(KernelVariant.Vector256);
