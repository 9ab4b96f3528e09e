namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>The driver's handles of a card that is open; they live as long as it is.</summary>
/// <param name="Context"><c>CUcontext</c>, the card's primary context, which is libtorch's.</param>
/// <param name="Stream"><c>CUstream</c> that orders the kernels; 0 for the legacy default stream.</param>
public readonly record struct CudaHandles(nint Context, nint Stream);
