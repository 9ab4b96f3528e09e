using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Weights;

public sealed class TorchSharpFileTests : IDisposable
{
    private readonly WeightFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void What_TorchSharp_saves_loads_into_the_same_network()
    {
        using LoadedModel source = ModelZoo.Create("cifar10_resnet20", "rule:a");
        using LoadedModel target = ModelZoo.Create("cifar10_resnet20", "rule:b");
        string path = Path.Combine(_files.Folder, "x.dat");
        source.Module.save(path);
        using (WeightFile file = WeightFile.Open(path))
        {
            Assert.Equal("TorchSharp", file.Format);
        }

        target.LoadWeights(path);
        foreach ((string key, Tensor tensor) in source.Module.state_dict())
        {
            Assert.True(tensor.bytes.SequenceEqual(target.Module.state_dict()[key].bytes), key);
        }
    }

    [Fact]
    public void A_cut_or_longer_file_is_a_clear_error()
    {
        using LoadedModel source = ModelZoo.Create("cifar10_resnet20", "rule:a");
        string path = Path.Combine(_files.Folder, "x.dat");
        source.Module.save(path);
        byte[] content = File.ReadAllBytes(path);
        Assert.Contains("damaged", WeightFiles.Refused(_files.Write("cut", content[..^1])).Message);
        Assert.Contains("follow", WeightFiles.Refused(_files.Write("long", [.. content, 0])).Message);
    }
}
