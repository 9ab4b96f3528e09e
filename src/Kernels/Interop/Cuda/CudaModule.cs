using System.Text;

namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>One kernel, compiled by the driver for its device.</summary>
internal sealed class CudaModule : CudaHandle
{
    /// <param name="context">Where it runs.</param>
    /// <param name="kernel">Name for errors.</param>
    /// <param name="ptx">Its text.</param>
    /// <param name="entry">The function in it.</param>
    /// <exception cref="CudaException">The driver's compiler refuses the text; the message has its log.</exception>
    public CudaModule(CudaContext context, string kernel, string ptx, string entry)
        : base(context) => Make(driver =>
        {
            CudaResult result = driver.ModuleLoadDataEx(out nint module, Encoding.UTF8.GetBytes(ptx + "\0"), out string log);
            driver.ThrowIfError(result, $"Compiling the kernel {kernel} for the device{(log.Length == 0 ? "" : $" (the compiler says: {log})")}");
            result = driver.ModuleGetFunction(out nint function, module, entry);
            if (result != CudaResult.Success)
            {
                driver.ModuleUnload(module);
                driver.ThrowIfError(result, $"Finding {entry} in the kernel {kernel}");
            }

            Function = function;
            return module;
        });

    public nint Function { get; private set; }

    protected override CudaResult Free() => Driver.ModuleUnload(handle);
}
