using System.Diagnostics;
using System.Text.Json;

namespace CAManim.Native.Cli.Tests.Build;

/// <summary>One build property chooses libtorch; the project is evaluated, not restored, because not every package is served everywhere.</summary>
public sealed class LibTorchPropertyTests
{
    [Theory]
    [InlineData("cpu", "libtorch-cpu-linux-x64")]
    [InlineData("cuda", "TorchSharp-cuda-linux")]
    [InlineData("none", null)]
    public void The_package_is_that_of_the_property(string value, string? package)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CAManim.Native.sln")))
        {
            root = root.Parent;
        }

        Assert.SkipWhen(root is null, "the sources are not around the tests");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the packages are those of Linux");
        ProcessStartInfo start = new("dotnet", ["msbuild", Path.Combine(root.FullName, "src", "Cli", "CAManim.Native.Cli.csproj"), $"-p:LibTorch={value}", "-getItem:PackageReference", "-nodeReuse:false"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        using JsonDocument json = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        string[] libtorch = [.. json.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!)
            .Where(name => name.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase) || name.StartsWith("TorchSharp", StringComparison.OrdinalIgnoreCase))];
        Assert.Equal(package is null ? [] : [package], libtorch);
    }
}
