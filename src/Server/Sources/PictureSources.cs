using CAManim.Native.Encoding.Decoding;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Server.Sources;

/// <summary>Opens what <c>--source</c> names.</summary>
public static class PictureSources
{
    private const string Camera = "camera";
    private const string FirstCamera = "/dev/video0";
    private const string Demo = "demo";
    private const int DrawnScenes = 24;
    private const uint DrawnSeed = 300;

    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>Opens a source.</summary>
    /// <param name="options">Which.</param>
    /// <param name="input">Where raw frames come from.</param>
    /// <exception cref="ArgumentException">Raw frames without a size.</exception>
    /// <exception cref="IOException">There is no such file, folder or camera, or it cannot be read.</exception>
    /// <exception cref="Encoding.LibavMissingException">A video or a camera, and libav is not installed.</exception>
    public static IPictureSource Open(SourceOptions options, Func<Stream> input)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(input);
        string source = options.Source;
        if (source == "-")
        {
            (int width, int height) = options.Size ?? throw new ArgumentException("Raw frames on standard input need their size. Give --size WIDTHxHEIGHT.");
            return new RawSource(input(), "standard input", width, height);
        }

        if (source == Demo)
        {
            RgbImage[] scenes = [.. Enumerable.Range(0, DrawnScenes).Select(i => DemoScenes.DrawRandom(DrawnSeed + (uint)i, 2).Image)];
            return new PictureList("drawn scenes", scenes.Length, i => scenes[i], options, isLooping: true);
        }

        if (source == Camera || source.StartsWith(Camera + ":", StringComparison.Ordinal))
        {
            string device = source is Camera or Camera + ":" ? FirstCamera : source[(Camera.Length + 1)..];
            return File.Exists(device)
                ? new VideoSource(VideoReader.OpenCamera(device), device, options, isCamera: true)
                : throw new IOException($"There is no camera {device}. Connect one, or name another with --source camera:/dev/videoN ('ls /dev/video*' lists them).");
        }

        if (Directory.Exists(source))
        {
            return OpenFolder(source, options);
        }

        return File.Exists(source)
            ? new VideoSource(VideoReader.OpenFile(source), Path.GetFileName(source), options, isCamera: false)
            : throw new IOException($"'{source}' is no file and no folder. Give --source camera, demo, a video file, a folder of pictures, or - for raw frames on standard input.");
    }

    private static PictureList OpenFolder(string folder, SourceOptions options)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(f => PictureEndings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? new PictureList(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), files.Length, i => ImageFile.Load(files[i]), options, options.IsLooping)
            : throw new IOException($"The folder '{folder}' has no pictures ({string.Join(", ", PictureEndings)}).");
    }
}
