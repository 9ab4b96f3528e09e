using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Models.Tests.Weights;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>Weights that cannot be used: exit code 1, a message, nothing left, nothing executed.</summary>
public sealed class WeightFailureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Good_ones_are_taken()
    {
        string safe = Predict(_folder.Write("good.safetensors", LocalWeights.SafeTensors(_folder)));
        Assert.Equal(safe, Predict(_folder.Write("good.pth", LocalWeights.TorchZip())));
        Assert.Equal(safe, Predict("rule:camanim"));
    }

    [Fact]
    public void A_missing_file() => Refused(_folder.File("none.pth"), "none.pth", "cannot be opened");

    [Fact]
    public void Text() => Refused(_folder.Write("text.pth", "<html>404 Not Found</html>"u8.ToArray()), "text.pth");

    [Fact]
    public void Nothing() => Refused(_folder.Write("empty.pth", []), "empty.pth");

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Truncated(double share)
    {
        byte[] safe = LocalWeights.SafeTensors(_folder);
        Refused(_folder.Write("cut.safetensors", safe[..(int)(safe.Length * share)]), "cut.safetensors");
        byte[] zip = LocalWeights.TorchZip();
        Refused(_folder.Write("cut.pth", zip[..(int)(zip.Length * share)]), "cut.pth");
    }

    /// <summary>The zip format has checksums: a single bit in the middle of the weights is found.</summary>
    [Fact]
    public void A_flipped_bit_of_a_zip()
    {
        byte[] zip = LocalWeights.TorchZip();
        zip[zip.Length / 2] ^= 4;
        Refused(_folder.Write("flipped.pth", zip), "flipped.pth");
    }

    /// <summary>Safetensors has none: a bit of its header is found, one of its values cannot be.</summary>
    [Fact]
    public void A_flipped_bit_of_a_header()
    {
        byte[] safe = LocalWeights.SafeTensors(_folder);
        safe[9] ^= 4;
        Refused(_folder.Write("flipped.safetensors", safe), "flipped.safetensors");
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    public void A_pickle_that_calls_a_command(string module, string function)
    {
        string trace = _folder.File("executed");
        byte[] pickle = PickleWriter.Of(w => w.Global(module, function).Op("(").Text($"touch {trace}").Op("tR"));
        Refused(_folder.Write("hostile.pth", WeightFiles.Zip(System.IO.Compression.CompressionLevel.NoCompression, ("archive/data.pkl", pickle), ("archive/version", "3\n"u8.ToArray()))), $"{module}.{function}");
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void Of_another_network()
    {
        string path = _folder.Write("w20.safetensors", LocalWeights.SafeTensors(_folder));
        Run("cifar10_resnet32", path).Failed(1, "missing", "layer1.3.conv1.weight", "do not fit cifar10_resnet32", "It looks like cifar10_resnet20: --model cifar10_resnet20.");
        Assert.Empty(_folder.Outputs);
    }

    [Fact]
    public void Published_ones_are_not_downloaded_offline() =>
        ToolProcess.Run([("TORCH_HOME", _folder.Path)], "predict", "--model", "resnet18", "--weights", "default", "--offline", "--image", _folder.Picture()).Failed(1, "offline");

    [Fact]
    public void Published_ones_that_do_not_exist() => Refused("default", "no published weights of cifar10_resnet20");

    private void Refused(string weights, params string[] words)
    {
        Run("cifar10_resnet20", weights).Failed(1, words);
        Assert.Empty(_folder.Outputs);
    }

    private ToolResult Run(string model, string weights) =>
        Tool.Run("run", "--model", model, "--weights", weights, "--image", _folder.Picture(), "--progress", "none", "--maps", _folder.Out("a.safetensors"), "--json", _folder.Out("a.json"));

    private string Predict(string weights) =>
        Tool.Run("predict", "--model", "cifar10_resnet20", "--weights", weights, "--image", _folder.Picture(), "--json").Succeeded().Json.GetProperty("logits").GetRawText();
}
