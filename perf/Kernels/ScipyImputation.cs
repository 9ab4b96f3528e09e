using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CAManim.Native.Perf.Kernels;

/// <summary>SciPy's direct solver on the same masks, as a child process: <c>scipy_imputation.py</c>.</summary>
internal static class ScipyImputation
{
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    /// <summary>Solves in float64, one mask after the other.</summary>
    /// <returns>Milliseconds of each mask and the solutions [N,C,H,W], or null with the reason.</returns>
    public static (double[] Milliseconds, double[] Solutions)? Run(float[] image, byte[] masks, int channels, int height, int width, out string reason)
    {
        string? python = Pythons.FirstOrDefault(HasScipy);
        reason = python is null ? $"neither of {string.Join(", ", Pythons)} imports scipy (Debian: apt-get install python3-scipy)" : "";
        if (python is null)
        {
            return null;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("camanim-scipy-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "image.f32"), MemoryMarshal.AsBytes(image.AsSpan()));
            File.WriteAllBytes(Path.Combine(folder.FullName, "masks.u8"), masks);
            string[] arguments =
            [
                Path.Combine(AppContext.BaseDirectory, "scipy_imputation.py"), folder.FullName,
                .. new[] { channels, height, width }.Select(n => n.ToString(CultureInfo.InvariantCulture)),
            ];
            (int exitCode, string lines) = Start(python, arguments);
            if (exitCode != 0)
            {
                throw new InvalidOperationException($"{python} {string.Join(' ', arguments)} ended with exit code {exitCode}.");
            }

            double[] times = [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
            byte[] solutions = File.ReadAllBytes(Path.Combine(folder.FullName, "solutions.f64"));
            return (times, MemoryMarshal.Cast<byte, double>(solutions).ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool HasScipy(string python)
    {
        try
        {
            return Start(python, ["-c", "import scipy.sparse.linalg"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output) Start(string python, string[] arguments)
    {
        ProcessStartInfo start = new(python, arguments) { RedirectStandardOutput = true };

        // A core type that is not this machine's would slow numpy down: SciPy runs as it is installed.
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("OPENBLAS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
