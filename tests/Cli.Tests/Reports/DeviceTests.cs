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

    [Theory]
    [InlineData("predict", "--model", "demo_scenes", "--weights", "default", "--image", "none.png")]
    [InlineData("serve", "--model", "demo_scenes", "--weights", "default")]
    [InlineData("live", "--model", "demo_scenes", "--weights", "default", "--source", "demo")]
    [InlineData("evaluate", "--scenes", "1")]
    [InlineData("compare", "--model", "demo_scenes", "--weights", "default", "--image", "none.png", "--json", "-")]
    public void Every_command_that_runs_a_network_has_a_device(params string[] words)
    {
        Assert.SkipWhen(AcceleratorList.FindCuda().Problem is null, "this machine has a card");
        ToolResult result = Tool.Run([.. words, "--device", "cuda"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("The device cuda:0 was asked for and cannot be used.", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, Tool.Run([.. words, "--device", "gpu"]).Code);
    }

    [Fact]
    public void Maps_are_made_in_bfloat16_and_channels_last_where_that_is_asked_for()
    {
        string plain = Tool.RunSmall(_folder, "--json", "-").Succeeded().Output;
        string last = Tool.RunSmall(_folder, "--memory-format", "channels-last", "--json", "-").Succeeded().Output;
        string narrow = Tool.RunSmall(_folder, "--precision", "bf16", "--json", "-").Succeeded().Output;
        Assert.Equal(Maximum(plain), Maximum(last), 1e-4 * Maximum(plain));
        Assert.Contains("\"precision\": \"bf16\"", narrow, StringComparison.Ordinal);
        Assert.Contains("\"memoryFormat\": \"channels-last\"", last, StringComparison.Ordinal);
        Assert.NotEqual(Maximum(plain), Maximum(narrow), 1e-6 * Maximum(plain));
        Assert.Equal(Maximum(plain), Maximum(narrow), 0.1 * Maximum(plain));
        Assert.Equal(2, Tool.RunSmall(_folder, "--precision", "f16", "--json", "-").Code);

        static double Maximum(string json) => System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("totals").GetProperty("globalMax").GetDouble();
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
