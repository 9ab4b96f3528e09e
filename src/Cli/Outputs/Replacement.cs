using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Cli.Outputs;

/// <summary>Finished files that take the places of older ones, one after another, and give them back if one of them cannot.</summary>
/// <remarks>At every moment each place holds one of the two files whole. What is replaced keeps a second name beside the finished file until the staging folder goes.</remarks>
internal sealed class Replacement
{
    private const string Old = ".old";

    private readonly Stack<Action> _steps = [];

    /// <summary>Puts a file in its place.</summary>
    /// <exception cref="IOException">The place cannot be written.</exception>
    public void Replace(string staged, string target)
    {
        // Looked at again: the place may have changed since the run began.
        _ = OutputPlace.Resolve(target);
        if (!File.Exists(target))
        {
            File.Move(staged, target);
            _steps.Push(() => File.Delete(target));
            return;
        }

        string folder = Path.Combine(Path.GetDirectoryName(staged)!, Old);
        Directory.CreateDirectory(folder);
        string kept = Path.Combine(folder, Path.GetFileName(target));
        OutputPlace.KeepMode(target, staged);
        File.Replace(staged, target, kept);
        _steps.Push(() => File.Move(kept, target, overwrite: true));
    }

    /// <summary>Puts the files of a folder into another, which is made where it does not exist.</summary>
    /// <exception cref="IOException">A place cannot be written.</exception>
    public void FillFolder(string staged, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.CreateDirectory(target);
            _steps.Push(() => Directory.Delete(target));
        }

        string[] files = [.. Directory.EnumerateFiles(staged).Order(StringComparer.Ordinal)];
        foreach (string file in files)
        {
            Replace(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }

    /// <summary>Takes all back, the last first; one that cannot be taken back does not hinder the others.</summary>
    public void Undo()
    {
        while (_steps.TryPop(out Action? step))
        {
            try
            {
                step();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The fault that is reported is the first one.
            }
        }
    }
}
