namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>Page-locked memory through which values of the managed heap reach the card.</summary>
/// <remarks>
/// A copy is put on the stream and read later. The collector may have moved the values by then, or the caller may have changed them; memory that
/// is the driver's own stays as it is until its part comes round again, and before that the stream is waited for.
/// </remarks>
internal sealed unsafe class CudaStaging(CudaContext context, nint stream) : IDisposable
{
    private const int SizeInBytes = 1 << 20;
    private const int Alignment = 256;

    private CudaHostMemory? _memory;
    private int _next;

    /// <summary>Copies the values; they may change when the call returns.</summary>
    /// <exception cref="CudaException">The copy or the memory for it fails.</exception>
    public void Write(ReadOnlySpan<byte> values, nint to)
    {
        while (!values.IsEmpty)
        {
            if (_next == SizeInBytes)
            {
                Wait();
            }

            int count = int.Min(values.Length, SizeInBytes - _next);
            _memory ??= new CudaHostMemory(context, SizeInBytes);
            nint from = _memory.Address + _next;
            values[..count].CopyTo(new Span<byte>((void*)from, count));
            using (CudaContext.Scope scope = context.Enter())
            {
                context.Driver.ThrowIfError(context.Driver.MemcpyAsync(to, from, (nuint)count, stream), "Copying to the device");
            }

            _next = int.Min(SizeInBytes, (_next + count + Alignment - 1) / Alignment * Alignment);
            values = values[count..];
            to += count;
        }
    }

    public void Dispose()
    {
        if (_memory is not null)
        {
            // A device that is lost waits for nothing and still has memory to give back.
            using (CudaContext.Scope scope = context.Enter())
            {
                _ = context.Driver.StreamSynchronize(stream);
            }

            _memory.Dispose();
        }
    }

    private void Wait()
    {
        using CudaContext.Scope scope = context.Enter();
        context.Driver.ThrowIfError(context.Driver.StreamSynchronize(stream), "Waiting for copies to the device");
        _next = 0;
    }
}
