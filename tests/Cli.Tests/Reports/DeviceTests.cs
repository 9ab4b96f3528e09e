using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Cli.Tests.Reports;

public sealed class DeviceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_card_that_is_asked_for_and_not_there_ends_the_run()
    {
        Assert.SkipWhen(AcceleratorList.FindCuda().Problem is null, "this machine has a card");
        string json = _folder.Out("a.json");
        ToolResult result = Tool.RunSmall(_folder, "--device", "cuda:1", "--json", json);
        Assert.Equal(1, result.Code);
        Assert.Contains("The device cuda:1 was asked for and cannot be used.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Install", result.Error, StringComparison.Ordinal);
        Assert.Contains("--device cpu needs no card", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(json));
    }

    [Fact]
    public void Auto_takes_the_processor_and_the_doctor_says_why()
    {
        Assert.SkipWhen(AcceleratorList.FindCuda().Problem is null, "this machine has a card");
        ToolResult result = Tool.RunSmall(_folder, "--device", "auto", "--json", "-").Succeeded();
        Assert.DoesNotContain("cuda", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(AcceleratorList.FindCuda().Problem!, Tool.Run("doctor").Output, StringComparison.Ordinal);
    }
}
