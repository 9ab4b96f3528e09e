using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Interop.Cuda;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>
/// A card, by the driver's API: ILGPU compiles, the driver launches in the device's primary context, which is libtorch's, on the legacy default
/// stream, which is libtorch's too. So kernels read tensors where they lie, after what wrote them and before what frees them.
/// </summary>
internal sealed unsafe class CudaKernelDevice : KernelDevice
{
    private readonly ICudaDriver _driver;
    private readonly CudaContext _context;
    private readonly CudaStream? _stream;

    // A module of the driver each, loaded once however many objects use the kernel.
    private readonly Dictionary<MethodInfo, (CudaKernel Kernel, Delegate Launch)> _kernels = [];
    private readonly CudaStaging _staging;

    // Views need an accelerator of ILGPU's as their owner; nothing runs on it.
    private readonly Context _views;
    private readonly Accelerator _owner;
    private readonly AddressSpace _addresses;

    private CudaKernelDevice(ICudaDriver driver, AcceleratorInfo info, bool hasOwnOrder)
    {
        (_driver, Info) = (driver, info);
        driver.ThrowIfError(driver.DeviceGet(out int device, info.Index), $"Opening card {info.Index}");
        driver.ThrowIfError(driver.DeviceGetAttribute(out int threads, CudaDeviceAttribute.MaxThreadsPerBlock, device), "Asking for the threads of a group");
        Shape = new LaunchShape(threads, info.WarpSize, info.Multiprocessors);
        _context = new CudaContext(driver, device);
        _stream = hasOwnOrder ? new CudaStream(_context) : null;
        _staging = new CudaStaging(_context, Stream);
        _views = ILGPU.Context.Create(builder => builder.CPU(new CPUDevice(2, 1, 1)));
        _owner = _views.GetCPUDevice(0).CreateAccelerator(_views);
        _addresses = new AddressSpace(_owner);
    }

    /// <inheritdoc/>
    public override AcceleratorInfo Info { get; }

    /// <summary>The device's primary context.</summary>
    public CudaContext Context => _context;

    /// <summary>What launched work is ordered by; 0 is the legacy default stream.</summary>
    public nint Stream => _stream?.Address ?? 0;

    /// <inheritdoc/>
    public override CudaHandles? Handles => new(_context.Address, Stream);

    internal override LaunchShape Shape { get; }

    /// <summary>Opens a card.</summary>
    /// <param name="driver">The driver, or null where there is none.</param>
    /// <param name="index">Which card.</param>
    /// <param name="hasOwnOrder">Whether its work has an order of its own, beside libtorch's.</param>
    /// <exception cref="InvalidOperationException">There is no such card, or it is too old.</exception>
    public static CudaKernelDevice Open(ICudaDriver? driver, int index, bool hasOwnOrder = false)
    {
        CudaReport report = CudaDevices.Look(driver);
        if (report.Problem is not null)
        {
            throw new InvalidOperationException($"CUDA device {index} was asked for and there is none: {report.Problem}");
        }

        AcceleratorInfo info = report.Devices.ElementAtOrDefault(index)
            ?? throw new InvalidOperationException($"CUDA device {index} was asked for; this machine has {report.Devices.Count}: {string.Join(", ", report.Devices.Select(d => $"{d.Index} ({d.Name})"))}.");
        return CudaDevices.FindProblem(info) is { } problem ? throw new InvalidOperationException(problem) : new CudaKernelDevice(driver!, info, hasOwnOrder);
    }

    /// <inheritdoc/>
    public override KernelBuffer<T> Allocate<T>(long length)
    {
        CudaMemory memory = new(_context, length * Unsafe.SizeOf<T>());
        return new KernelBuffer<T>(this, memory, _addresses.View<T>(memory.Address, length));
    }

    /// <inheritdoc/>
    public override MappedMemory AllocateMapped(int length)
    {
        CudaHostMemory memory = new(_context, length);
        return new MappedMemory(memory, memory.Address, length, _addresses.View<byte>(memory.DeviceAddress, length));
    }

    /// <inheritdoc/>
    public override ArrayView<T> View<T>(nint address, long length)
    {
        if (length > 0)
        {
            CheckOwner(address);
        }

        return _addresses.View<T>(address, length);
    }

    /// <inheritdoc/>
    public override void Write<T>(ReadOnlySpan<T> values, ArrayView<T> to)
    {
        Check(values.Length, to.Length);
        _staging.Write(MemoryMarshal.AsBytes(values), AddressSpace.AddressOf(to));
    }

    /// <inheritdoc/>
    public override void Read<T>(ArrayView<T> from, Span<T> values)
    {
        Check(from.Length, values.Length);
        fixed (T* first = values)
        {
            Copy((nint)first, AddressSpace.AddressOf(from), from.Length * sizeof(T), "Copying from the device");
            Synchronize();
        }
    }

    /// <inheritdoc/>
    public override void Copy<T>(ArrayView<T> from, ArrayView<T> to)
    {
        Check(from.Length, to.Length);
        Copy(AddressSpace.AddressOf(to), AddressSpace.AddressOf(from), from.Length * sizeof(T), "Copying on the device");
    }

    /// <inheritdoc/>
    public override double Time(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using CudaEvent start = new(_context);
        using CudaEvent end = new(_context);
        using CudaContext.Scope scope = _context.Enter();
        _driver.ThrowIfError(_driver.EventRecord(start.Address, Stream), "Recording the start of work");
        work();
        _driver.ThrowIfError(_driver.EventRecord(end.Address, Stream), "Recording the end of work");
        _driver.ThrowIfError(_driver.EventSynchronize(end.Address), "Waiting for the device, whose kernels run after their launch,");
        _driver.ThrowIfError(_driver.EventElapsedTime(out float milliseconds, start.Address, end.Address), "Reading the device's clock");
        return milliseconds;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<KernelUse> KernelsInUse() => [.. _kernels.Values.Select(loaded => loaded.Kernel.Use())];

    /// <inheritdoc/>
    public override void Clear<T>(ArrayView<T> view)
    {
        if (view.Length > 0)
        {
            using CudaContext.Scope scope = _context.Enter();
            _driver.ThrowIfError(_driver.MemsetD8Async(AddressSpace.AddressOf(view), 0, (nuint)(view.Length * sizeof(T)), Stream), "Clearing memory of the device");
        }
    }

    /// <inheritdoc/>
    public override void Synchronize()
    {
        using CudaContext.Scope scope = _context.Enter();
        _driver.ThrowIfError(_driver.StreamSynchronize(Stream), "Waiting for the device, whose kernels run after their launch,");
    }

    internal override TLaunch Load<TLaunch>(Delegate kernel)
    {
        if (_kernels.TryGetValue(kernel.Method, out (CudaKernel Kernel, Delegate Launch) known))
        {
            return (TLaunch)known.Launch;
        }

        PtxKernel ptx = Compile(kernel);
        CudaKernel loaded = new(this, ptx, [.. typeof(TLaunch).GetGenericArguments().Skip(1)]);
        ParameterExpression[] parameters = [.. typeof(TLaunch).GetGenericArguments().Select(Expression.Parameter)];
        Expression[] writes = [.. parameters.Skip(1).Select((argument, i) => loaded.Parameters.Write(i, argument))];
        TLaunch launch = Expression.Lambda<TLaunch>(
            Expression.Block([.. writes, Expression.Call(Expression.Constant(loaded), nameof(CudaKernel.Launch), null, parameters[0])]), parameters).Compile();
        _kernels.Add(kernel.Method, (loaded, launch));
        return launch;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach ((CudaKernel kernel, _) in _kernels.Values)
        {
            kernel.Dispose();
        }

        _staging.Dispose();
        _stream?.Dispose();
        _context.Dispose();
        _addresses.Dispose();
        _owner.Dispose();
        _views.Dispose();
    }

    private static void Check(long from, long to)
    {
        if (from > to)
        {
            throw new ArgumentException($"{from} elements do not fit into {to}.");
        }
    }

    private PtxKernel Compile(Delegate kernel)
    {
        (int major, int minor) = CudaDevices.Capability(Info);
        return PtxCompiler.Compile(kernel.Method, major, minor);
    }

    private void Copy(nint to, nint from, long bytes, string what)
    {
        if (bytes > 0)
        {
            using CudaContext.Scope scope = _context.Enter();
            _driver.ThrowIfError(_driver.MemcpyAsync(to, from, (nuint)bytes, Stream), what);
        }
    }

    /// <summary>Memory of another context would be read as garbage, or end the process's use of the device.</summary>
    private void CheckOwner(nint address)
    {
        using CudaContext.Scope scope = _context.Enter();
        CudaResult result = _driver.PointerGetAttribute(out nint context, CudaPointerAttribute.Context, address);
        if (result == CudaResult.InvalidValue)
        {
            throw new ArgumentException($"The address 0x{address:x} is not memory of CUDA device {Info.Index} ({Info.Name}). Move the tensor there first.", nameof(address));
        }

        _driver.ThrowIfError(result, "Asking whose memory an address is");

        // Memory of a pool has no context, only a device.
        bool isOwn = context == _context.Address;
        if (!isOwn && context == 0)
        {
            _driver.ThrowIfError(_driver.PointerGetAttribute(out nint ordinal, CudaPointerAttribute.DeviceOrdinal, address), "Asking for the device of an address");
            isOwn = ordinal == Info.Index;
        }

        if (!isOwn)
        {
            throw new ArgumentException(
                $"The address 0x{address:x} belongs to another CUDA context than the primary one of device {Info.Index} ({Info.Name}), in which the kernels run. Tensors of libtorch do not; memory of ILGPU's own accelerator and of other cards does.", nameof(address));
        }
    }
}
