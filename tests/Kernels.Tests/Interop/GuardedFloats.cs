using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Tests.Interop;

/// <summary>
/// Floats that end where an unreadable page begins, with an unreadable page in front: one access outside ends the test program.
/// </summary>
internal sealed unsafe partial class GuardedFloats : SafeHandle
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;

    private readonly nuint _size;
    private readonly int _length;
    private readonly float* _first;

    /// <summary>Takes <paramref name="length"/> floats that touch the page behind them, or the page in front.</summary>
    public GuardedFloats(int length, bool atFront = false)
        : base(-1, ownsHandle: true)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "guard pages are made with Linux's mmap");
        nuint page = (nuint)Environment.SystemPageSize;
        nuint bytes = (nuint)length * sizeof(float);
        nuint inner = (bytes + page - 1) / page * page;
        _size = inner + (2 * page);
        _length = length;
        nint memory = Map(0, _size, ProtectNone, MapPrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, memory);
        SetHandle(memory);
        nint body = memory + (nint)page;
        Assert.True(inner == 0 || Protect(body, inner, ProtectReadWrite) == 0, "mprotect failed");
        _first = (float*)(atFront ? body : body + (nint)(inner - bytes));
    }

    public override bool IsInvalid => handle == -1;

    public Span<float> Span => new(_first, _length);

    public static GuardedFloats Of(ReadOnlySpan<float> values)
    {
        GuardedFloats guarded = new(values.Length);
        values.CopyTo(guarded.Span);
        return guarded;
    }

    protected override bool ReleaseHandle() => Unmap(handle, _size) == 0;

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
