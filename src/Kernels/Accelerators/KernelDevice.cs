using CAManim.Native.Kernels.Interop.Cuda;
using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>
/// Where kernels run, and in which order: ILGPU's emulator, or a card through CUDA's driver in the context and on the stream that libtorch uses.
/// </summary>
/// <remarks>
/// Work that is put on one device runs in the order in which it was put there; calls return before it is done, except those that read back.
/// Not safe for several threads at once. Dispose it after everything that was made from it.
/// </remarks>
public abstract class KernelDevice : IDisposable
{
    /// <summary>What it is.</summary>
    public abstract AcceleratorInfo Info { get; }

    /// <summary>What a library needs to work on the same card in the same order; null on the emulator.</summary>
    public virtual CudaHandles? Handles => null;

    /// <summary>Groups and threads that fill it.</summary>
    internal abstract LaunchShape Shape { get; }

    /// <summary>Opens a device.</summary>
    /// <param name="kind">What to open.</param>
    /// <param name="index">Place among the devices of that kind, as in <see cref="AcceleratorInfo.Index"/>.</param>
    /// <param name="hasOwnOrder">Whether its work runs beside libtorch's instead of in order with it; then <see cref="Synchronize"/> comes between the two.</param>
    /// <exception cref="InvalidOperationException">There is no such device; the message says what was looked for and what to install.</exception>
    /// <exception cref="CudaException">The driver refuses the device.</exception>
    public static KernelDevice Open(AcceleratorKind kind, int index = 0, bool hasOwnOrder = false)
    {
        if (kind == AcceleratorKind.Cuda)
        {
            return CudaKernelDevice.Open(CudaDevices.System, index, hasOwnOrder);
        }

        return index == 0 ? new EmulatorDevice() : throw new InvalidOperationException($"{kind} device {index} was asked for; there is one, device 0.");
    }

    /// <summary>Memory of the device, its content undefined.</summary>
    /// <param name="length">Elements, 1 or more.</param>
    /// <exception cref="CudaException">The device has too little left.</exception>
    public abstract KernelBuffer<T> Allocate<T>(long length)
        where T : unmanaged;

    /// <summary>Memory of the device that holds values of the host.</summary>
    /// <param name="values">One or more.</param>
    /// <exception cref="CudaException">The device has too little left.</exception>
    public KernelBuffer<T> Allocate<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        KernelBuffer<T> buffer = Allocate<T>(values.Length);
        Write(values, buffer.View);
        return buffer;
    }

    /// <summary>Memory that host and device see; its content is undefined.</summary>
    /// <param name="length">Bytes, 1 or more.</param>
    /// <exception cref="CudaException">The system does not lock so much, or the device does not map the host's memory.</exception>
    public abstract MappedMemory AllocateMapped(int length);

    /// <summary>A view of memory that something else owns, a tensor's for instance; nothing is copied, and nothing is kept alive.</summary>
    /// <param name="address">Address of the first element, a multiple of its size.</param>
    /// <param name="length">Elements.</param>
    /// <exception cref="ArgumentException">The address is not of this device.</exception>
    public abstract ArrayView<T> View<T>(nint address, long length)
        where T : unmanaged;

    /// <summary>Copies to the device.</summary>
    public abstract void Write<T>(ReadOnlySpan<T> values, ArrayView<T> to)
        where T : unmanaged;

    /// <summary>Copies to the host, after all work that was put on the device.</summary>
    public abstract void Read<T>(ArrayView<T> from, Span<T> values)
        where T : unmanaged;

    /// <summary>Copies on the device.</summary>
    public abstract void Copy<T>(ArrayView<T> from, ArrayView<T> to)
        where T : unmanaged;

    /// <summary>Milliseconds from the start to the end of work, by the device's own clock; waits for it.</summary>
    /// <param name="work">Puts it on the device.</param>
    public abstract double Time(Action work);

    /// <summary>What the kernels that are loaded need of a card; none on the emulator.</summary>
    public abstract IReadOnlyList<KernelUse> KernelsInUse();

    /// <summary>Sets all bytes to 0.</summary>
    public abstract void Clear<T>(ArrayView<T> view)
        where T : unmanaged;

    /// <summary>Waits for all work that was put on the device.</summary>
    /// <exception cref="CudaException">Some of it failed.</exception>
    public abstract void Synchronize();

    /// <summary>Makes a kernel ready.</summary>
    /// <typeparam name="TLaunch"><c>Action&lt;KernelConfig, ...&gt;</c> with the kernel's parameters.</typeparam>
    /// <param name="kernel">A static method with <see cref="GpuKernelAttribute"/>.</param>
    /// <returns>Puts the kernel on the device.</returns>
    internal abstract TLaunch Load<TLaunch>(Delegate kernel)
        where TLaunch : Delegate;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the device.</summary>
    protected abstract void Dispose(bool disposing);
}
