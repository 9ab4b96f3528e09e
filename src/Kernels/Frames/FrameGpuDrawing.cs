using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Frames;

/// <summary>Places and captions of a frame on their way to the device, in buffers that grow and are used again.</summary>
internal sealed class FrameGpuDrawing(Accelerator accelerator) : IDisposable
{
    private Store<FrameGpuPlace> _places = new();
    private Store<FrameGpuCaption> _captions = new();
    private Store<byte> _coverage = new();

    public void Fill(AcceleratorStream stream, ref FrameGpuScene scene, ReadOnlySpan<FramePlace> places, ReadOnlySpan<FrameCaption> captions)
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
        scene.Places = _places.Send(accelerator, stream);
        scene.Captions = _captions.Send(accelerator, stream);
        scene.Coverage = _coverage.Send(accelerator, stream);
    }

    public void Dispose()
    {
        _places.Dispose();
        _captions.Dispose();
        _coverage.Dispose();
    }

    private static int Squares(int width, int height) => (width + 1) / 2 * ((height + 1) / 2);

    private struct Store<T> : IDisposable
        where T : unmanaged
    {
        private T[] _host;
        private MemoryBuffer1D<T, Stride1D.Dense>? _device;

        public Store() => _host = [];

        public Span<T> Take(int count)
        {
            if (_host.Length < count)
            {
                _host = new T[count];
            }

            return _host.AsSpan(0, count);
        }

        // The device always has as much memory as the host: empty views are none to a kernel's parameters.
        public ArrayView<T> Send(Accelerator accelerator, AcceleratorStream stream)
        {
            if (_device is null || _device.Length < _host.Length)
            {
                // Work in flight may still use the old one.
                accelerator.Synchronize();
                _device?.Dispose();
                _device = null;
                _device = accelerator.Allocate1D<T>(Math.Max(1, _host.Length));
            }

            if (_host.Length > 0)
            {
                _device.View.SubView(0, _host.Length).CopyFromCPU(stream, _host);
            }

            return _device.View;
        }

        public readonly void Dispose() => _device?.Dispose();
    }
}
