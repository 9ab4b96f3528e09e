using System.Diagnostics.CodeAnalysis;

namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>The one way from a result to an exception.</summary>
internal static class CudaErrors
{
    /// <summary>Throws where a call failed.</summary>
    /// <param name="driver">Has the words.</param>
    /// <param name="result">The answer.</param>
    /// <param name="what">What was tried, as the start of a sentence that "failed" ends.</param>
    /// <exception cref="CudaException">It failed.</exception>
    public static void ThrowIfError(this ICudaDriver driver, CudaResult result, string what)
    {
        if (result != CudaResult.Success)
        {
            Throw(driver, result, what);
        }
    }

    [DoesNotReturn]
    private static void Throw(ICudaDriver driver, CudaResult result, string what)
    {
        CudaException error = new("", result);
        string advice = error.IsOutOfMemory ? "The card's memory is full: use a smaller batch or fewer layers, or free memory that other programs hold (nvidia-smi shows them)."
            : error.IsDeviceLost ? "The device is lost to this process and so are results that were on it: start again, with --device cpu if it happens again; `dmesg` and nvidia-smi may tell why."
            : result == CudaResult.InvalidContext ? "The device's context is not libtorch's any more: do not reset the device (cuDevicePrimaryCtxReset) while maps are computed."
            : result is CudaResult.UnsupportedPtxVersion or CudaResult.InvalidPtx ? "The driver is too old for the kernels: install a newer one (11.0 or later)."
            : "This is an error of the program: please report it with this text.";
        throw new CudaException($"{what} failed with {driver.Describe(result)}. {advice}", result);
    }
}
