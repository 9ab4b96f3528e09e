using System.Text.RegularExpressions;

namespace CAManim.Native.Kernels.Interop;

/// <summary>The version of an installed libtorch, and whether TorchSharp was built for it.</summary>
internal static partial class TorchVersion
{
    /// <summary>What TorchSharp's native library was built for; its functions' binary form changes from one second number to the next.</summary>
    public const string Expected = "2.10";

    /// <summary>Reads the version beside a folder of libraries: libtorch's <c>build-version</c>, a Python torch's <c>version.py</c>, a package's folder name.</summary>
    /// <param name="libraries">The folder with libtorch_cpu.so.</param>
    /// <returns>Such as <c>2.10.0+cu128</c>, or null.</returns>
    public static string? Find(string libraries)
    {
        // Builds link to the package's files instead of copying them.
        FileInfo library = new(Path.Combine(Path.GetFullPath(libraries), "libtorch_cpu.so"));
        string folder = library.Exists && library.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Path.GetDirectoryName(target.FullName)! : library.DirectoryName!;
        string? parent = Path.GetDirectoryName(folder);
        if (parent is null)
        {
            return null;
        }

        string file = Path.Combine(parent, "build-version");
        if (File.Exists(file))
        {
            return File.ReadAllText(file).Trim();
        }

        file = Path.Combine(parent, "version.py");
        if (File.Exists(file) && PythonVersion().Match(File.ReadAllText(file)) is { Success: true } match)
        {
            return match.Groups[1].Value;
        }

        // .../libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native
        return PackageVersion().Match(folder) is { Success: true } package ? package.Groups[1].Value : null;
    }

    /// <summary>A sentence where the version is another than the expected, or null.</summary>
    public static string? Note(string? version, string libraries) => version is null || version == Expected || version.StartsWith(Expected + ".", StringComparison.Ordinal)
        ? null
        : $"libtorch in {libraries} is {version}; TorchSharp was built for {Expected}: it may not load, or compute wrongly. Install {Expected} (pip install 'torch=={Expected}.*').";

    [GeneratedRegex(@"__version__\s*=\s*['""]([^'""]+)['""]")]
    private static partial Regex PythonVersion();

    [GeneratedRegex(@"/libtorch-[\w-]+/(\d+\.\d+\.\d+)[^/]*(/|$)")]
    private static partial Regex PackageVersion();
}
