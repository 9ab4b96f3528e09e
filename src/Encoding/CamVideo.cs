using System.Diagnostics;
using CAManim.Native.Encoding.Images;
using CAManim.Native.Encoding.Interop;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding;

/// <summary>Turns the maps of a network's layers into a video, frame by frame in the order given.</summary>
public static class CamVideo
{
    /// <summary>The endings of files that can be written: each names container and codec.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. VideoFormat.All.Select(f => f.Extension)];

    /// <summary>
    /// Writes a video: <c>.mp4</c> (H.264), <c>.webm</c> (VP9), <c>.gif</c>, <c>.mkv</c> (FFV1 in RGB, lossless).
    /// The file appears whole or not at all.
    /// </summary>
    /// <param name="path">Where; the folder must exist. A file that is already there is replaced.</param>
    /// <param name="image">The picture under the maps, usually the network's input before normalisation.</param>
    /// <param name="layers">One frame each, at least one.</param>
    /// <param name="options">How it looks; null for the defaults.</param>
    /// <param name="progress">Told after every frame.</param>
    /// <param name="cancellation">Stops between two frames; nothing is left on disk.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentException">No layer, an option out of range, an unknown ending or colour map, a map whose size is not its values'.</exception>
    /// <exception cref="LibavMissingException">The system's libav is not installed; says what to install.</exception>
    /// <exception cref="LibavException">No encoder works, or writing failed.</exception>
    /// <exception cref="IOException">The folder is missing, cannot be written, or its disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static VideoSummary Write(
        string path,
        RgbImage image,
        IReadOnlyList<LayerMap> layers,
        VideoOptions? options = null,
        IProgress<VideoProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new VideoOptions();
        CheckFrames(image, layers, options);
        return Write(path, image, [FrameLayout.Series(layers, options)], options, progress, cancellation);
    }

    /// <summary>Writes a video in which several series of maps (methods, targets) are seen side by side, layer by layer, each with its title.</summary>
    /// <param name="path">As for one series.</param>
    /// <param name="image">The picture under the maps.</param>
    /// <param name="series">One or more, of the same layers; with <see cref="NormalisationView.Both"/> the global maps stand under the local ones.</param>
    /// <param name="options">How it looks, null for the defaults; each series has a global range of its own, that of the options is not used. Without a scale, panels shrink as they become many.</param>
    /// <param name="progress">Told after every frame.</param>
    /// <param name="cancellation">Stops between two frames; nothing is left on disk.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentException">No series or layer, series of different layers, or as for one series.</exception>
    /// <exception cref="LibavMissingException">The system's libav is not installed; says what to install.</exception>
    /// <exception cref="LibavException">No encoder works, or writing failed.</exception>
    /// <exception cref="IOException">The folder is missing, cannot be written, or its disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static VideoSummary Write(
        string path,
        RgbImage image,
        IReadOnlyList<MapSeries> series,
        VideoOptions? options = null,
        IProgress<VideoProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new VideoOptions();
        CheckSeries(image, series, options);
        int frames = series[0].Layers.Count;
        Stopwatch clock = Stopwatch.StartNew();
        VideoFormat format = VideoFormat.Of(path);
        format.CheckRate(options.FramesPerSecond);
        FrameLayout layout = new(image, series, options);
        VideoEncoderChoice encoder = format.ChooseEncoder(options.Device?.Info.Kind == AcceleratorKind.Cuda);
        string? note;
        cancellation.ThrowIfCancellationRequested();
        using OutputFile file = new(path);
        try
        {
            using FramePipeline pipeline = Open(file.TemporaryPath, format, ref encoder, layout, frames, options, out note);
            pipeline.Run(progress, cancellation);
        }
        catch (LibavException error) when (error.IsDiskFull)
        {
            throw new LibavException(
                $"{file.TargetPath} could not be written: no space is left on the disk of {Path.GetDirectoryName(file.TargetPath)} after {file.Length} bytes. Free some space or choose another folder; nothing was left there.",
                error.ErrorCode);
        }

        long size = file.Length;
        file.Commit();
        return new VideoSummary(file.TargetPath, frames, layout.Width, layout.Height, encoder.Name, size, clock.Elapsed) { Note = note };
    }

    /// <summary>
    /// A card's frames go to its encoder where both have the means; else through the host's memory; and where it does not take this size, to
    /// the processor's. <paramref name="note"/> says why.
    /// </summary>
    internal static FramePipeline Open(string path, VideoFormat format, ref VideoEncoderChoice encoder, FrameLayout layout, int frames, VideoOptions options, out string? note)
    {
        note = options.Device?.Info.Kind == AcceleratorKind.Cuda ? format.FindCardProblem() : null;
        if (options.Device is { } device && encoder.IsOnCard)
        {
            try
            {
                return new FramePipeline(path, format, encoder with { PixelFormat = CudaFrames.PixelFormat }, layout, frames, options, new DeviceFramePool(device, layout.Width, layout.Height));
            }
            catch (LibavException error)
            {
                note = $"Frames reach {encoder.Name} through the host's memory: {error.Message}";
            }
        }

        try
        {
            return new FramePipeline(path, format, encoder, layout, frames, options);
        }
        catch (LibavException error) when (encoder.IsOnCard)
        {
            encoder = format.ChooseEncoder();
            note = $"Frames are encoded by the processor: {error.Message}";
            return new FramePipeline(path, format, encoder, layout, frames, options);
        }
    }

    /// <summary>
    /// Does what the first video would otherwise wait for, on another thread: loads libav, tries its encoders, compiles the code that draws.
    /// Call it while the network runs. Calling it is never needed, and it never fails: what is missing is reported by <c>Write</c>.
    /// </summary>
    /// <param name="path">The path that <c>Write</c> will get; only its ending matters.</param>
    /// <returns>Done when everything is ready; need not be awaited.</returns>
    public static Task PrepareAsync(string path) => Task.Run(() =>
    {
        try
        {
            VideoFormat format = VideoFormat.Of(path);
            FrameLayout.Rehearse(format.Pixels);
            format.ChooseEncoder();
        }
        catch (Exception error) when (error is ArgumentException or LibavException or LibavMissingException)
        {
            // Write meets the same and tells the caller.
        }
    });

    /// <summary>Draws one frame as the video has it, without libav.</summary>
    /// <param name="image">The picture under the maps.</param>
    /// <param name="layers">All layers of the video.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="frame">Which, from 0.</param>
    /// <exception cref="ArgumentException">As <c>Write</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public static RgbImage Compose(RgbImage image, IReadOnlyList<LayerMap> layers, VideoOptions options, int frame)
    {
        CheckFrames(image, layers, options);
        return Compose(image, [FrameLayout.Series(layers, options)], options, frame);
    }

    /// <summary>Draws one frame of several series as the video has it, without libav.</summary>
    /// <param name="image">The picture under the maps.</param>
    /// <param name="series">One or more, of the same layers.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="frame">Which, from 0.</param>
    /// <exception cref="ArgumentException">As <c>Write</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public static RgbImage Compose(RgbImage image, IReadOnlyList<MapSeries> series, VideoOptions options, int frame)
    {
        CheckSeries(image, series, options);
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, series[0].Layers.Count);
        FrameLayout layout = new(image, series, options);
        byte[] pixels = new byte[layout.Width * layout.Height * 3];
        FramePlanes planes = new(FrameFormat.Rgb24, layout.Width, layout.Height, pixels, layout.Width * 3);
        layout.DrawStillParts(planes);
        layout.Draw(planes, frame);
        return new RgbImage(layout.Width, layout.Height, pixels);
    }

    /// <summary>Writes one frame, as <c>Compose</c> draws it, as a PNG; the file appears whole or not at all.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <param name="image">The picture under the maps.</param>
    /// <param name="layers">All layers of the video.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="frame">Which, from 0.</param>
    /// <exception cref="ArgumentException">As <c>Write</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteFrame(string path, RgbImage image, IReadOnlyList<LayerMap> layers, VideoOptions options, int frame)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WritePng(path, Compose(image, layers, options, frame));
    }

    /// <summary>Writes one frame of several series as a PNG; the file appears whole or not at all.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <param name="image">The picture under the maps.</param>
    /// <param name="series">One or more, of the same layers.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="frame">Which, from 0.</param>
    /// <exception cref="ArgumentException">As <c>Write</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteFrame(string path, RgbImage image, IReadOnlyList<MapSeries> series, VideoOptions options, int frame)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WritePng(path, Compose(image, series, options, frame));
    }

    /// <summary>Writes all frames' maps, small, in a grid, as one PNG; the file appears whole or not at all.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <param name="image">The picture under the maps.</param>
    /// <param name="layers">One cell each, at least one.</param>
    /// <param name="options">How it looks, null for the defaults; with <see cref="NormalisationView.Both"/> a cell holds both maps.</param>
    /// <exception cref="ArgumentException">As <c>Write</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteContactSheet(string path, RgbImage image, IReadOnlyList<LayerMap> layers, VideoOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new VideoOptions();
        CheckFrames(image, layers, options);
        WriteContactSheet(path, image, [FrameLayout.Series(layers, options)], options);
    }

    /// <summary>Writes all frames' maps of several series, small, in a grid, as one PNG; the file appears whole or not at all.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <param name="image">The picture under the maps.</param>
    /// <param name="series">One or more, of the same layers; a cell holds a layer's maps of all of them, in their order.</param>
    /// <param name="options">How it looks; null for the defaults.</param>
    /// <exception cref="ArgumentException">As <c>Write</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteContactSheet(string path, RgbImage image, IReadOnlyList<MapSeries> series, VideoOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new VideoOptions();
        CheckSeries(image, series, options);
        options.Check();
        WritePng(path, ContactSheet.Compose(image, series, options));
    }

    private static void WritePng(string path, RgbImage picture)
    {
        using OutputFile file = new(path);
        PngFile.Write(file.TemporaryPath, picture);
        file.Commit();
    }

    private static void CheckSeries(RgbImage image, IReadOnlyList<MapSeries> series, VideoOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Count == 0)
        {
            throw new ArgumentException("A video needs at least one series of maps; got none.", nameof(series));
        }

        foreach (MapSeries one in series)
        {
            CheckFrames(image, one.Layers, options);
            if (!one.Layers.Select(l => l.Name).SequenceEqual(series[0].Layers.Select(l => l.Name), StringComparer.Ordinal))
            {
                throw new ArgumentException(
                    $"The series of a video show the same layers in the same order; '{one.Title}' has {one.Layers.Count}, '{series[0].Title}' has {series[0].Layers.Count}, or their names differ. Leave out the layers that not all have.",
                    nameof(series));
            }
        }
    }

    private static void CheckFrames(RgbImage image, IReadOnlyList<LayerMap> layers, VideoOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(options);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A video needs at least one layer with a map; got none.", nameof(layers));
        }

        foreach (LayerMap layer in layers)
        {
            if (layer.Height < 1 || layer.Width < 1 || layer.Map.Length != (long)layer.Height * layer.Width)
            {
                throw new ArgumentException($"The map of {layer.Name} is said to be [{layer.Height},{layer.Width}] and has {layer.Map.Length} values.", nameof(layers));
            }
        }
    }
}
