using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Frames;

/// <summary>Places and captions of a frame on their way to the device, in buffers that grow and are used again.</summary>
internal sealed class FrameGpuDrawing(KernelDevice device) : IDisposable
{
    private readonly Store<FrameGpuPlace> _places = new(device);
    private readonly Store<FrameGpuCaption> _captions = new(device);
    private readonly Store<byte> _coverage = new(device);

    public void Fill(ref FrameGpuScene scene, ReadOnlySpan<FramePlace> places, ReadOnlySpan<FrameCaption> captions)
    {
        scene.PlaceCount = places.Length;
        scene.CaptionCount = captions.Length;
        int squares = places.Length * Squares(scene.Width, scene.Height);
        Span<FrameGpuPlace> hostPlaces = _places.Take(places.Length);
        for (int i = 0; i < places.Length; i++)
        {
            hostPlaces[i] = new FrameGpuPlace { X = places[i].X, Y = places[i].Y, Minimum = places[i].Minimum, Range = places[i].Range };
        }

        int coverage = 0;
        Span<FrameGpuCaption> hostCaptions = _captions.Take(captions.Length);
        for (int i = 0; i < captions.Length; i++)
        {
            FrameCaption caption = captions[i];
            hostCaptions[i] = new FrameGpuCaption
            {
                X = caption.X,
                Y = caption.Y,
                Width = caption.Width,
                Height = caption.Height,
                Coverage = coverage,
                FirstSquare = squares,
                Foreground = caption.Foreground,
                Background = caption.Background,
            };
            coverage += caption.Coverage.Length;
            squares += Squares(caption.Width, caption.Height);
        }

        Span<byte> hostCoverage = _coverage.Take(coverage);
        for (int i = 0; i < captions.Length; i++)
        {
            captions[i].Coverage.Span.CopyTo(hostCoverage[hostCaptions[i].Coverage..]);
        }

        scene.Squares = squares;
        scene.Places = _places.Send();
        scene.Captions = _captions.Send();
        scene.Coverage = _coverage.Send();
    }

    public void Dispose()
    {
        _places.Dispose();
        _captions.Dispose();
        _coverage.Dispose();
    }

    private static int Squares(int width, int height) => (width + 1) / 2 * ((height + 1) / 2);

    private sealed class Store<T>(KernelDevice device) : IDisposable
        where T : unmanaged
    {
        private readonly GrowingBuffer<T> _memory = new(device);
        private T[] _host = [];

        public Span<T> Take(int count)
        {
            if (_host.Length < count)
            {
                _host = new T[count];
            }

            return _host.AsSpan(0, count);
        }

        // The device always has as much memory as the host, and some: empty views are none to a kernel's parameters.
        public ArrayView<T> Send()
        {
            ArrayView<T> view = _memory.Take(Math.Max(1, _host.Length));
            device.Write<T>(_host, view);
            return view;
        }

        public void Dispose() => _memory.Dispose();
    }
}
