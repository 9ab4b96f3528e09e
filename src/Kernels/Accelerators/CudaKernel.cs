using CAManim.Native.Kernels.Interop.Cuda;
using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>A kernel on a card: its module and the memory of its arguments.</summary>
internal sealed class CudaKernel : IDisposable
{
    private readonly CudaKernelDevice _device;
    private readonly CudaModule _module;
    private readonly string _name;

    /// <exception cref="CudaException">The driver's compiler refuses it.</exception>
    public CudaKernel(CudaKernelDevice device, PtxKernel kernel, IReadOnlyList<Type> parameters)
    {
        (_device, _name) = (device, kernel.Name);
        _module = new CudaModule(device.Context, kernel.Name, kernel.Text, kernel.Entry);
        Parameters = new ParameterBlock(parameters);
    }

    /// <summary>Where the arguments are written.</summary>
    public ParameterBlock Parameters { get; }

    /// <summary>What it needs of the card.</summary>
    public KernelUse Use()
    {
        ICudaDriver driver = _device.Context.Driver;
        using CudaContext.Scope scope = _device.Context.Enter();
        return new KernelUse(
            _name,
            Ask(CudaFunctionAttribute.NumRegisters),
            Ask(CudaFunctionAttribute.SharedSizeInBytes),
            Ask(CudaFunctionAttribute.LocalSizeInBytes),
            Ask(CudaFunctionAttribute.MaxThreadsPerBlock));

        int Ask(CudaFunctionAttribute attribute)
        {
            driver.ThrowIfError(driver.FuncGetAttribute(out int value, attribute, _module.Function), $"Asking for {attribute} of {_name}");
            return value;
        }
    }

    /// <summary>Puts the kernel with the arguments that were written on the device's stream.</summary>
    public void Launch(KernelConfig config)
    {
        ICudaDriver driver = _device.Context.Driver;
        using CudaContext.Scope scope = _device.Context.Enter();
        driver.ThrowIfError(
            driver.LaunchKernel(_module.Function, (uint)config.GridDim.X, (uint)config.GroupDim.X, _device.Stream, Parameters.Addresses), $"Launching the kernel {_name}");
    }

    public void Dispose()
    {
        _module.Dispose();
        Parameters.Dispose();
    }
}
