using System.Diagnostics;
using System.Globalization;

namespace CAManim.Native.Cli.Outputs;

/// <summary>A hidden folder beside the outputs. What a killed process left of it is removed by the next run that writes there.</summary>
internal sealed class StagingFolder : IDisposable
{
    private const string Mark = ".camanim-";

    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public StagingFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The output folder '{folder}' does not exist. Create it or choose another.");
        }

        RemoveLeftovers(folder);
        string serial = Guid.NewGuid().ToString("N")[..8];
        Path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Mark}{Host()}-{Environment.ProcessId}-{serial}"));
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The output folder '{folder}' cannot be written: {error.Message.Replace(Path, folder, StringComparison.Ordinal)} Choose a folder that this user may write to.", error);
        }
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone already, or on a disk that went away: nothing can be done, and the run's own fault is the one to report.
        }
    }

    private static void RemoveLeftovers(string folder)
    {
        try
        {
            foreach (string leftover in Directory.EnumerateDirectories(folder, $"{Mark}*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }))
            {
                // Only those of this machine: another's processes cannot be asked whether they still run.
                string[] parts = System.IO.Path.GetFileName(leftover)[Mark.Length..].Split('-');
                if (parts.Length == 3 && parts[0] == Host() && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process) && !IsRunning(process))
                {
                    Directory.Delete(leftover, recursive: true);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A leftover that cannot be removed hinders nothing.
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using Process running = Process.GetProcessById(process);
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
