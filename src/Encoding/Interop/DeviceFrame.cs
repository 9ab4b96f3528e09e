using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Interop;

/// <summary>A frame in the memory of a device: drawn by its kernels, read by an encoder there.</summary>
internal sealed unsafe class DeviceFrame(DeviceFramePool pool, FrameHandle frame, FrameGpuPlanes planes) : IFrameMemory
{
    /// <inheritdoc/>
    public bool HasStillParts { get; set; }

    /// <summary>NV12, for the kernels.</summary>
    public FrameGpuPlanes Planes => planes;

    /// <summary>The pool's picture in the memory of the host, which has what kernels do not draw.</summary>
    public FramePlanes Host => pool.Host;

    /// <summary>Whether the still parts are in <see cref="Host"/>.</summary>
    public bool IsHostDrawn
    {
        get => pool.IsHostDrawn;
        set => pool.IsHostDrawn = value;
    }

    /// <summary>Copies rows of <see cref="Host"/> to the device.</summary>
    /// <param name="first">Even.</param>
    /// <param name="count">Rows.</param>
    public void Upload(int first, int count) => pool.Upload(planes, first, count);

    /// <inheritdoc/>
    public void LendTo(AVFrame* target, int pixelFormat, int bufferOffset)
    {
        ffmpeg.av_frame_move_ref(target, frame.Pointer);
        frame.Dispose();
    }

    /// <inheritdoc/>
    public void Return() => frame.Dispose();
}
