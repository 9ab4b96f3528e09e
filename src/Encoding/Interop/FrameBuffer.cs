using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;
using ILGPU;

namespace CAManim.Native.Encoding.Interop;

/// <summary>
/// Page-aligned memory of one frame, drawn by the kernels and read by the encoder. It is lent to libav as a reference-counted buffer
/// and goes back to its pool when the last reference is gone, which may be long after the frame was sent.
/// </summary>
internal sealed unsafe class FrameBuffer : IFrameMemory
{
    // A page serves every vector width and lets a GPU map the memory.
    private const nuint Alignment = 4096;
    private const int PaletteLength = 256 * sizeof(uint);

    // Encoders read whole vectors, past the last pixel of a row.
    private const int StrideAlignment = 64;

    private readonly FrameBufferPool _pool;
    private readonly GCHandle _self;
    private readonly MappedMemory? _mapped;
    private readonly byte* _memory;
    private readonly int _length;
    private readonly int _second;
    private readonly int _third;

    public FrameBuffer(FrameBufferPool pool, FrameFormat format, int width, int height, bool isIndexed, KernelDevice? device)
    {
        _pool = pool;
        (Format, Width, Height, IsIndexed) = (format, width, height, isIndexed);
        Stride = Align(width * (isIndexed ? 1 : FramePlanes.BytesPerPixel(format)));
        (int chromaWidth, int chromaHeight) = isIndexed ? (0, 0) : FramePlanes.ChromaSize(format, width, height);
        ChromaStride = Align(chromaWidth);
        _second = Stride * height;
        _third = _second + (ChromaStride * chromaHeight);
        _length = _third + (ChromaStride * chromaHeight) + (isIndexed ? PaletteLength : 0);
        _mapped = device?.AllocateMapped(_length + StrideAlignment);
        _memory = _mapped is null
            ? (byte*)NativeMemory.AlignedAlloc((nuint)_length + StrideAlignment, Alignment)
            : (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_mapped.Host));
        NativeMemory.Clear(_memory, (nuint)_length + StrideAlignment);
        _self = GCHandle.Alloc(this);
    }

    public FrameFormat Format { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Whether the pixels are indices into <see cref="Palette"/>.</summary>
    public bool IsIndexed { get; }

    /// <summary>Bytes from row to row of the first plane.</summary>
    public int Stride { get; }

    public int ChromaStride { get; }

    /// <inheritdoc/>
    public bool HasStillParts { get; set; }

    public FramePlanes Planes => new(
        Format,
        Width,
        Height,
        new Span<byte>(_memory, _second),
        Stride,
        new Span<byte>(_memory + _second, _third - _second),
        new Span<byte>(_memory + _third, _third - _second),
        ChromaStride);

    /// <summary>The same planes for a device's kernels.</summary>
    /// <exception cref="InvalidOperationException">The memory is not shared with a device.</exception>
    public FrameGpuPlanes DevicePlanes
    {
        get
        {
            ArrayView<byte> view = _mapped?.View ?? throw new InvalidOperationException("The frame's memory is not shared with a device.");
            return new FrameGpuPlanes(
                Format,
                Width,
                Height,
                view.SubView(0, _second),
                Stride,
                view.SubView(_second, _third - _second),
                view.SubView(_third, _third - _second),
                ChromaStride);
        }
    }

    /// <summary>The indices of a frame with a palette, rows of <see cref="Stride"/> bytes.</summary>
    public Span<byte> Indices => new(_memory, _second);

    /// <summary>256 colours as 0xAARRGGBB.</summary>
    public Span<uint> Palette => new(_memory + _second, 256);

    /// <inheritdoc/>
    public void LendTo(AVFrame* frame, int pixelFormat, int bufferOffset)
    {
        void* reference = ffmpeg.av_buffer_create(_memory, (nuint)_length, &GiveBack, (void*)GCHandle.ToIntPtr(_self), 0);
        if (reference == null)
        {
            _pool.Return(this);
            throw new LibavException("libav could not allocate a buffer reference: out of memory.");
        }

        *(void**)((byte*)frame + bufferOffset) = reference;
        frame->Format = pixelFormat;
        frame->Width = Width;
        frame->Height = Height;
        frame->Data0 = _memory;
        frame->Data1 = _second < _length ? _memory + _second : null;
        frame->Data2 = _third < _length && !IsIndexed ? _memory + _third : null;
        frame->Linesize0 = Stride;
        frame->Linesize1 = IsIndexed ? sizeof(uint) : ChromaStride;
        frame->Linesize2 = IsIndexed ? 0 : ChromaStride;
    }

    /// <inheritdoc/>
    public void Return() => _pool.Return(this);

    public void Free()
    {
        _self.Free();
        if (_mapped is null)
        {
            NativeMemory.AlignedFree(_memory);
        }

        _mapped?.Dispose();
    }

    // Called by whichever thread of the encoder drops the last reference.
    [UnmanagedCallersOnly]
    private static void GiveBack(void* opaque, byte* data)
    {
        FrameBuffer buffer = Unsafe.As<FrameBuffer>(GCHandle.FromIntPtr((nint)opaque).Target!);
        buffer._pool.Return(buffer);
    }

    private static int Align(int length) => (length + StrideAlignment - 1) / StrideAlignment * StrideAlignment;
}
