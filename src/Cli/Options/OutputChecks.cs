using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Running;
using CAManim.Native.Encoding;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Options;

/// <summary>What can be said of outputs before anything is computed.</summary>
internal static class OutputChecks
{
    // A GIF counts in hundredths of a second.
    private const double FastestGif = 100;

    /// <exception cref="UsageException">The ending names no kind of video, or it cannot hold so many frames a second.</exception>
    public static void Video(string? output, double framesPerSecond)
    {
        if (output is not null && !CamVideo.Extensions.Contains(Path.GetExtension(output), StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"--output '{output}' does not end like a video.{NearestNames.Question(Path.GetExtension(output), CamVideo.Extensions)} Use {string.Join(", ", CamVideo.Extensions)}.");
        }

        if (framesPerSecond > FastestGif && string.Equals(Path.GetExtension(output), ".gif", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--fps {framesPerSecond} is more than a GIF can hold: it counts in hundredths of a second. Give at most {FastestGif}, or write another kind of video.");
        }
    }

    /// <exception cref="UsageException">There is no video whose frames could be written.</exception>
    public static void Frames(string? frames, string? output)
    {
        if (frames is not null && output is null)
        {
            throw new UsageException("--frames writes the frames of a video. Give --output too.");
        }
    }

    /// <exception cref="UsageException">The file does not end in .png.</exception>
    public static void Picture(string option, string? path)
    {
        if (path is not null && !Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{option} '{path}' does not end in .png, the kind of picture that is written.");
        }
    }

    /// <exception cref="UsageException">The file does not end in .html.</exception>
    public static void Page(string option, string? path)
    {
        if (path is not null && !Path.GetExtension(path).Equals(".html", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{option} '{path}' does not end in .html, the kind of file that is written.");
        }
    }

    /// <exception cref="UsageException">The file ends in neither .safetensors nor .npz.</exception>
    public static void Maps(string option, string? path)
    {
        if (path is not null && !MapsFile.Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"{option} '{path}' does not end like a file of maps. Use {string.Join(" or ", MapsFile.Endings)} (NumPy).");
        }
    }

    /// <exception cref="UsageException">The file does not end in .json, and is not - for standard output.</exception>
    public static void Json(string? path)
    {
        if (path is not (null or "-") && !Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--json '{path}' does not end in .json, the kind of file that is written. Give FILE.json, or - for standard output.");
        }
    }

    /// <exception cref="UsageException">The file does not end in .csv.</exception>
    public static void Csv(string option, string? path)
    {
        if (path is not null && !Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{option} '{path}' does not end in .csv, the kind of file that is written.");
        }
    }

    /// <exception cref="UsageException">An output is a file that is read.</exception>
    public static void NotRead(IEnumerable<string?> inputs, IEnumerable<string?> outputs)
    {
        string[] read = [.. inputs.Where(File.Exists).Select(f => Path.GetFullPath(f!))];
        foreach (string output in outputs.OfType<string>())
        {
            if (read.Contains(Path.GetFullPath(output)))
            {
                throw new UsageException($"'{output}' is read by this run and would be overwritten. Choose another name for the output.");
            }
        }
    }
}
