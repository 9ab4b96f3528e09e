using System.Runtime.InteropServices;
using CAManim.Native.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Values in files beside the ONNX file, as PyTorch's exporter writes them.</summary>
public sealed class ExternalFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-external-").FullName;

    [Theory]
    [InlineData("net.onnx.data")]
    [InlineData("values/net.bin")]
    public void Values_beside_the_file_are_read(string location)
    {
        using LoadedModel model = OnnxNetworks.Create(Write(location));
        using var noGradient = no_grad();
        using Tensor x = TinyNetwork.Picture(1, 3, CaseNetwork.Side, CaseNetwork.Side);
        using Tensor y = model.Module.call(x);
        Numbers.AssertClose(y.data<float>().ToArray(), CaseNetwork.Logits, 2e-5, 2e-5, "logits");
    }

    [Theory]
    [InlineData("/etc/passwd", "without '..'")]
    [InlineData("../net.bin", "without '..'")]
    [InlineData("a/../../net.bin", "without '..'")]
    [InlineData("./net.bin", "without '..'")]
    [InlineData("", "without '..'")]
    [InlineData("a//net.bin", "without '..'")]
    [InlineData("..\\net.bin", "without '..'")]
    [InlineData("C:net.bin", "without '..'")]
    [InlineData("nowhere.bin", "copy it there")]
    [InlineData("a", "a folder")]
    public void Places_outside_of_the_folder_are_refused(string location, string says)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a"));
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(_folder)!, "net.bin"), []);
        string message = Assert.Throws<OnnxException>(() => OnnxNetworks.Create(Write(location, writesValues: false))).Message;
        Assert.Contains(says, message);
    }

    [Fact]
    public void Links_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        string path = Write("net.bin");
        string target = Path.Combine(_folder, "elsewhere.bin");
        File.Move(Path.Combine(_folder, "net.bin"), target);
        File.CreateSymbolicLink(Path.Combine(_folder, "net.bin"), target);
        Assert.Contains("is a link", Assert.Throws<OnnxException>(() => OnnxNetworks.Create(path)).Message);
        string below = Write("b/net.bin");
        Directory.Move(Path.Combine(_folder, "b"), Path.Combine(_folder, "c"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "b"), Path.Combine(_folder, "c"));
        Assert.Contains("is a link", Assert.Throws<OnnxException>(() => OnnxNetworks.Create(below)).Message);
    }

    [Fact]
    public void Sizes_are_checked()
    {
        string path = Write("net.bin");
        string values = Path.Combine(_folder, "net.bin");
        byte[] whole = File.ReadAllBytes(values);
        File.WriteAllBytes(values, whole[..^1]);
        Assert.Contains("do not belong together, or one is cut off", Assert.Throws<OnnxException>(() => OnnxNetworks.Create(path)).Message);
        foreach ((long offset, long length, string says) in new[] { (long.MaxValue, 12L, "needs 12 bytes"), (0L, 8L, "needs 12 bytes and has 8"), (-1L, 12L, "offset '-1'"), (0L, -12L, "length '-12'") })
        {
            File.WriteAllBytes(path, new OnnxWriter().Input(1, 3, 4, 4).External("c", "net.bin", offset, length, 3, 1, 1).Node("Add", "x,c", "y").Output().Content());
            Assert.Contains(says, Assert.Throws<OnnxException>(() => OnnxNetworks.Create(path)).Message);
        }
    }

    /// <summary>A thousand tensors over the same bytes.</summary>
    [Fact]
    public void A_file_is_not_multiplied()
    {
        OnnxWriter writer = new OnnxWriter().Input(1, 3, 4, 4);
        for (int i = 0; i < 1000; i++)
        {
            writer.External($"c{i}", "net.bin", 0, 1 << 20, 1 << 18);
        }

        File.WriteAllBytes(Path.Combine(_folder, "net.bin"), new byte[1 << 20]);
        string path = Path.Combine(_folder, "net.onnx");
        File.WriteAllBytes(path, writer.Node("Sum", string.Join(',', Enumerable.Range(0, 1000).Select(i => $"c{i}")), "s").Node("ReduceMax", "s", "m").Node("Add", "x,m", "y").Output().Content());
        Assert.Contains("more than 4 times", Assert.Throws<OnnxException>(() => OnnxNetworks.Create(path)).Message);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        File.Delete(Path.Combine(Path.GetDirectoryName(_folder)!, "net.bin"));
    }

    /// <summary>The case network, its values one after the other behind some other bytes.</summary>
    private string Write(string location, bool writesValues = true)
    {
        List<byte> values = [1, 2, 3, 4];
        OnnxWriter writer = new OnnxWriter(13).Input(1, 3, CaseNetwork.Side, CaseNetwork.Side);
        foreach ((string name, float[] numbers, long[] shape) in CaseNetwork.Tensors())
        {
            writer.External(name, location, values.Count, numbers.Length * sizeof(float), shape);
            values.AddRange(MemoryMarshal.AsBytes<float>(numbers));
        }

        if (writesValues)
        {
            string file = Path.Combine(_folder, location);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, [.. values]);
        }

        string path = Path.Combine(_folder, "net.onnx");
        File.WriteAllBytes(path, writer.Whole().Output("logits", 1, 5).Content());
        return path;
    }
}
