using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Build;

/// <summary>Every suite of the benchmarks runs, by the built program and by its dll; the numbers of one round mean nothing.</summary>
public sealed class PerfSuiteTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData("engine demo_scenes", false, "peak memory: plain")]
    [InlineData("engine squeezenet1_1", true, "peak memory: plain")]
    [InlineData("video demo_scenes", true, "image to MP4")]
    [InlineData("methods demo_scenes", false, "GradCAM, 2 targets")]
    [InlineData("load cifar10_resnet20", true, "the process grows by")]
    [InlineData("road cifar10_resnet20", false, "of an image, one thread")]
    [InlineData("perturbation cifar10_resnet20 conv1,layer3.2", false, "AblationCAM")]
    [InlineData("threads demo_scenes", true, "both threads pinned")]
    [InlineData("live-video demo_scenes", false, "composing a frame")]
    [InlineData("live-memory 0.02", true, "frames through the session")]
    [InlineData("live-memory 0.02 --server", false, "frames through server")]
    public void Suites_run(string arguments, bool isByDll, string expected)
    {
        if (arguments.StartsWith("video", StringComparison.Ordinal) || arguments.StartsWith("live-video", StringComparison.Ordinal))
        {
            Video.Require();
        }

        ToolResult result = Run(isByDll, [.. arguments.Split(' '), "--quick"]);
        Assert.True(result.Code == 0, $"{arguments}: {result.Error}{result.Output}");
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_run()
    {
        ToolResult result = Run(isByDll: true, "kernels", "--quick");
        Assert.True(result.Code == 0, result.Error);
        Assert.NotEmpty(result.Output);
    }

    [Fact]
    public void Anything_else_is_told_the_suites()
    {
        ToolResult result = Run(isByDll: false, "engin");
        Assert.Equal(2, result.Code);
        Assert.Contains("Usage: camanim-perf", result.Error, StringComparison.Ordinal);
    }

    private static ToolResult Run(bool isByDll, params string[] arguments)
    {
        string program = Path.Combine(Repository.Require(), "perf", "bin", Repository.Configuration, "net10.0", "camanim-perf");
        Assert.SkipUnless(File.Exists(program), $"{program} is not built");
        return isByDll
            ? Repository.Run("dotnet", Path.GetTempPath(), [], Patience, [$"{program}.dll", .. arguments])
            : Repository.Run(program, Path.GetTempPath(), [], Patience, arguments);
    }
}
