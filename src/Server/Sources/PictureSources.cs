using CAManim.Native.Encoding.Decoding;
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

    // Of drawn scenes, as a slow camera; of files, so that each can be looked at.
    private const double DrawnRate = 10;
    private const double FolderRate = 1;

    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif"];

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
            Picture[] scenes = [.. Enumerable.Range(0, DrawnScenes).Select(i => new Picture(DemoScenes.DrawRandom(DrawnSeed + (uint)i, 2).Image))];
            return new PictureList("drawn scenes", scenes.Length, i => scenes[i], options.FramesPerSecond ?? DrawnRate, isLooping: true);
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
            ? OpenFile(source, options)
            : throw new IOException($"'{source}' is no file and no folder. Give --source camera, demo, a video file, a picture, a folder of pictures, or - for raw frames on standard input.");
    }

    private static IPictureSource OpenFile(string file, SourceOptions options)
    {
        string name = Path.GetFileName(file);

        // Pictures are read as everywhere else; libav reads JPEG too, with other pixels.
        if (PictureKind.IsPicture(file) && !(Encoding.Libav.IsAvailable && PictureKind.IsAnimation(file)))
        {
            Picture picture = ImageFile.Open(file);
            return new PictureList(name, 1, _ => picture, 0, isLooping: false);
        }

        return IsCalledPicture(file) && !PictureKind.IsPicture(file)
            ? throw new IOException($"'{file}' is called a picture and is none, or its first bytes are damaged. Copy it again, or give its true name.")
            : new VideoSource(VideoReader.OpenFile(file), name, options, isCamera: false);
    }

    private static bool IsCalledPicture(string file) => PictureEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static PictureList OpenFolder(string folder, SourceOptions options)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(IsCalledPicture).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? new PictureList(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), files.Length, i => ImageFile.Open(files[i]), options.FramesPerSecond ?? FolderRate, options.IsLooping)
            : throw new IOException($"The folder '{folder}' has no pictures ({string.Join(", ", PictureEndings)}).");
    }
}
