namespace CAManim.Native.Kernels.Tests.Imputation;

public sealed class ImputationScalarTests() : ImputationVariantTests(KernelVariant.Scalar);
