using System.Diagnostics;
using System.Linq.Expressions;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>ILGPU's emulator. Its memory is the host's, so tensors of the processor are viewed like those of a card.</summary>
internal sealed class EmulatorDevice : KernelDevice
{
    // Two warps of four: the fewest threads that still have several warps to bring together; each is a thread of the system.
    private static readonly CPUDevice Device = new(4, 2, 1);

    private readonly Context _context;
    private readonly Accelerator _accelerator;
    private readonly AddressSpace _addresses;

    public EmulatorDevice()
    {
        _context = Context.Create(builder => builder.CPU(Device).Optimize(OptimizationLevel.O2));
        _accelerator = _context.GetCPUDevice(0).CreateAccelerator(_context);
        _addresses = new AddressSpace(_accelerator);
        Shape = new LaunchShape(_accelerator.MaxNumThreadsPerGroup, _accelerator.WarpSize, _accelerator.NumMultiprocessors);
    }

    /// <summary>What it is, without opening it.</summary>
    public static AcceleratorInfo Description { get; } = new()
    {
        Index = 0,
        Name = Device.Name,
        Kind = AcceleratorKind.Emulator,
        MemoryInBytes = Device.MemorySize,
        Multiprocessors = Device.NumMultiprocessors,
        WarpSize = Device.WarpSize,
    };

    /// <inheritdoc/>
    public override AcceleratorInfo Info => Description;

    internal override LaunchShape Shape { get; }

    /// <inheritdoc/>
    public override KernelBuffer<T> Allocate<T>(long length)
    {
        HostMemory memory = new(length * Marshal.SizeOf<T>());
        return new KernelBuffer<T>(this, memory, _addresses.View<T>(memory.Address, length));
    }

    /// <inheritdoc/>
    public override MappedMemory AllocateMapped(int length)
    {
        HostMemory memory = new(length);
        return new MappedMemory(memory, memory.Address, length, _addresses.View<byte>(memory.Address, length));
    }

    /// <inheritdoc/>
    public override ArrayView<T> View<T>(nint address, long length) => _addresses.View<T>(address, length);

    /// <inheritdoc/>
    public override void Write<T>(ReadOnlySpan<T> values, ArrayView<T> to) => values.CopyTo(Span(to));

    /// <inheritdoc/>
    public override void Read<T>(ArrayView<T> from, Span<T> values) => Span(from).CopyTo(values);

    /// <inheritdoc/>
    public override void Copy<T>(ArrayView<T> from, ArrayView<T> to) => Span(from).CopyTo(Span(to));

    /// <inheritdoc/>
    public override double Time(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<KernelUse> KernelsInUse() => [];

    /// <inheritdoc/>
    public override void Clear<T>(ArrayView<T> view) => Span(view).Clear();

    /// <inheritdoc/>
    public override void Synchronize() => _accelerator.Synchronize();

    internal override TLaunch Load<TLaunch>(Delegate kernel)
    {
        Type[] arguments = typeof(TLaunch).GetGenericArguments();
        Type withStream = Expression.GetActionType([typeof(AcceleratorStream), .. arguments]);
        Delegate launcher = (Delegate)typeof(Kernel).GetMethod(nameof(Kernel.CreateLauncherDelegate))!
            .MakeGenericMethod(withStream).Invoke(_accelerator.LoadKernel(kernel.Method), null)!;
        ParameterExpression[] parameters = [.. arguments.Select(Expression.Parameter)];
        AcceleratorStream stream = _accelerator.DefaultStream;
        Expression body = Expression.Block(
            Expression.Invoke(Expression.Constant(launcher), [Expression.Constant(stream, typeof(AcceleratorStream)), .. parameters]),

            // The emulator's streams are other threads: reading and writing here come after the kernel, as on a stream.
            Expression.Call(Expression.Constant(stream), typeof(AcceleratorStream).GetMethod(nameof(AcceleratorStream.Synchronize))!));
        return Expression.Lambda<TLaunch>(body, parameters).Compile();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _addresses.Dispose();
        _accelerator.Dispose();
        _context.Dispose();
    }

    private static unsafe Span<T> Span<T>(ArrayView<T> view)
        where T : unmanaged => new((void*)AddressSpace.AddressOf(view), checked((int)view.Length));

    private sealed unsafe class HostMemory(long bytes) : IDisposable
    {
        // What the driver guarantees, so that a kernel that relies on it is tested with it.
        private const nuint Alignment = 256;

        public nint Address { get; private set; } = (nint)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);

        public void Dispose()
        {
            NativeMemory.AlignedFree((void*)Address);
            Address = 0;
        }
    }
}
