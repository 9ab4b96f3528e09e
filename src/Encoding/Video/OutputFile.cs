using System.Globalization;
using System.Security.Cryptography;
using CAManim.Native.Encoding.Interop;
using CAManim.Native.Kernels.Interop;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Encoding;

/// <summary>
/// A file that appears whole or not at all: written without a name where the file system has that (then nothing can be left),
/// else under a hidden name beside the target; when finished it is renamed over the target.
/// What a killed process left under a hidden name is removed by the next that writes to the same target.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const string Mark = ".camanim-";

    // A leftover of another machine on a shared folder: its process cannot be asked.
    private static readonly TimeSpan ForeignAge = TimeSpan.FromDays(1);

    private const int LongestName = 160;

    private readonly SafeFileHandle? _unnamed;
    private readonly string _hiddenPath;
    private bool _isCommitted;

    /// <param name="path">The target.</param>
    /// <param name="isNamed">Whether to write under a hidden name in any case.</param>
    /// <exception cref="IOException">The folder does not exist or cannot be written.</exception>
    public OutputFile(string path, bool isNamed = false)
    {
        TargetPath = OutputPlace.Resolve(path);
        string folder = Path.GetDirectoryName(TargetPath) ?? "/";
        string name = Path.GetFileName(TargetPath);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{TargetPath} cannot be written: the folder {folder} does not exist. Create it or choose another.");
        }

        string prefix = $".{Short(name)}{Mark}";
        RemoveLeftovers(folder, prefix);
        string serial = Guid.NewGuid().ToString("N")[..8];
        _hiddenPath = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{prefix}{Host()}-{Environment.ProcessId}-{serial}{Path.GetExtension(name)}"));
        _unnamed = isNamed ? null : UnnamedFile.TryCreate(folder);
        TemporaryPath = _unnamed is null ? _hiddenPath : UnnamedFile.PathOf(_unnamed);
        if (_unnamed is not null)
        {
            return;
        }

        try
        {
            File.Create(TemporaryPath).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{TargetPath} cannot be written: {error.Message.Replace(_hiddenPath, TargetPath, StringComparison.Ordinal)} Choose a folder that this user may write to and that has space.", error);
        }
    }

    /// <summary>Where the file will be.</summary>
    public string TargetPath { get; }

    /// <summary>Where it is written.</summary>
    public string TemporaryPath { get; }

    /// <summary>Bytes written so far.</summary>
    public long Length => _unnamed is null ? new FileInfo(TemporaryPath).Length : RandomAccess.GetLength(_unnamed);

    /// <summary>Renames the finished file to the target.</summary>
    /// <exception cref="IOException">The target cannot be replaced.</exception>
    public void Commit()
    {
        if (_unnamed is not null)
        {
            UnnamedFile.Name(_unnamed, _hiddenPath);
        }

        try
        {
            OutputPlace.KeepMode(TargetPath, _hiddenPath);
            File.Move(_hiddenPath, TargetPath, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{TargetPath} cannot be replaced: {error.Message.Replace(_hiddenPath, TargetPath, StringComparison.Ordinal)}", error);
        }

        _isCommitted = true;
    }

    /// <summary>Removes what was written unless it was committed.</summary>
    public void Dispose()
    {
        _unnamed?.Dispose();
        if (!_isCommitted)
        {
            File.Delete(_hiddenPath);
        }
    }

    // The hidden name is longer than the target's, which may be as long as the system allows (255 bytes).
    private static string Short(string name) => System.Text.Encoding.UTF8.GetByteCount(name) <= LongestName
        ? name
        : Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[..32];

    private static void RemoveLeftovers(string folder, string prefix)
    {
        try
        {
            foreach (string leftover in Directory.EnumerateFiles(folder, $"{prefix}*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, MatchCasing = MatchCasing.CaseSensitive }))
            {
                if (IsAbandoned(leftover, Path.GetFileName(leftover)[prefix.Length..].Split('-')))
                {
                    File.Delete(leftover);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A leftover that cannot be removed hinders nothing; what matters is reported when the new file is opened.
        }
    }

    private static bool IsAbandoned(string path, string[] parts)
    {
        if (parts.Length != 3 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process))
        {
            return false;
        }

        return parts[0] == Host() ? !IsRunning(process) : DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > ForeignAge;
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using System.Diagnostics.Process running = System.Diagnostics.Process.GetProcessById(process);
            return !running.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Letters and digits only, so that the parts of the name can be told apart.
    private static string Host() => new([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit)]);
}
