using System.IO.Compression;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Tests.Weights;

public sealed class TorchFileTests : IDisposable
{
    private readonly WeightFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_zip_format_is_read_views_and_strides_included()
    {
        byte[] pickle = PickleWriter.Of(p => p.Global("collections", "OrderedDict").Op(")R(")
            .Text("a").Tensor("0", 6, 0, [2, 3], [3, 1])
            .Text("transposed").Tensor("0", 6, 0, [3, 2], [1, 3])
            .Text("tail").Tensor("0", 6, 4, [2], [1])
            .Text("broadcast").Tensor("0", 6, 5, [3], [0])
            .Text("half").Tensor("1", 2, 0, [2], [1], "HalfStorage")
            .Op("u"));
        string path = _files.WriteZip("x.bin", pickle, ("0", WeightFiles.Floats(1, 2, 3, 4, 5, 6)), ("1", [0, 0x3E, 0, 0xC0]));
        using WeightFile file = WeightFile.Open(path);
        Assert.Equal("PyTorch (zip)", file.Format);
        Assert.Equal(["a", "transposed", "tail", "broadcast", "half"], file.Entries.Select(e => e.Key));
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Find("a")!.ReadFloats());
        Assert.Equal([1, 4, 2, 5, 3, 6], file.Find("transposed")!.ReadFloats());
        Assert.Equal([5, 6], file.Find("tail")!.ReadFloats());
        Assert.Equal([6, 6, 6], file.Find("broadcast")!.ReadFloats());
        Assert.Equal([1.5f, -2], file.Find("half")!.ReadFloats());
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model")]
    [InlineData("model_state_dict")]
    public void A_checkpoint_s_wrapper_is_unwrapped(string wrapper)
    {
        byte[] pickle = PickleWriter.Of(p => p.Op("}(").Text("epoch").Number(3).Text("args").Global("argparse", "Namespace").Op(")").Raw(0x81).Op("}(").Text("lr").Number(1).Op("ub")
            .Text(wrapper).StateDict("x", t => t.Tensor("0", 1, 0, [], [])).Op("u"));
        using WeightFile file = WeightFile.Open(_files.WriteZip("x", pickle, ("0", WeightFiles.Floats(4))));
        Assert.Equal([4f], Assert.Single(file.Entries).ReadFloats());
    }

    [Fact]
    public void The_trained_network_in_the_old_format_is_read()
    {
        using WeightFile file = WeightFile.Open(SharedFiles.Require("weights/cifar10_resnet20.th"));
        Assert.Equal("PyTorch (old format)", file.Format);
        Assert.Equal("module.conv1.weight", file.Entries[0].Key);
        Assert.Equal([16, 3, 3, 3], file.Entries[0].Shape);
        Assert.All(file.Entries, e => Assert.All(e.ReadFloats(), v => Assert.True(float.IsFinite(v))));
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "getattr")]
    [InlineData("torch", "load")]
    [InlineData("torch.serialization", "_get_layout")]
    [InlineData("torchvision.models.resnet", "ResNet")]
    public void A_pickle_that_calls_anything_else_is_refused_by_name(string module, string name)
    {
        string marker = Path.Combine(_files.Folder, "executed");
        byte[] pickle = PickleWriter.Of(p => p.Global(module, name).Op("(").Text($"touch {marker}").Op("tR"));
        foreach (string path in new[] { _files.WriteZip("x.pth", pickle), _files.Write("y.pth", Old(pickle)) })
        {
            string message = WeightFiles.Refused(path).Message;
            Assert.Contains($"'{module}.{name}'", message);
            Assert.Contains("refused", message);
            Assert.False(File.Exists(marker));
        }
    }

    [Fact]
    public void The_same_by_stack_is_refused_by_name()
    {
        byte[] pickle = PickleWriter.Of(p => p.Text("posix").Text("system").Raw(0x93).Op("(").Text("true").Op("tR"));
        Assert.Contains("'posix.system'", WeightFiles.Refused(_files.WriteZip("x", pickle)).Message);
    }

    [Theory]
    [InlineData(1, 0, 2, 1)]
    [InlineData(4, 0, 4, 4611686018427387904)]
    [InlineData(4, -1, 1, 1)]
    [InlineData(4, 0, -1, 1)]
    [InlineData(4, 3, 2, -1)]
    [InlineData(4, 9223372036854775807, 1, 1)]
    [InlineData(4, 0, 4611686018427387904, 0)]
    [InlineData(9223372036854775807, 0, 4, 1)]
    [InlineData(-4, 0, 1, 1)]
    public void A_view_outside_of_its_storage_is_a_clear_error(long count, long offset, long size, long stride)
    {
        byte[] pickle = PickleWriter.Of(p => p.StateDict("x", t => t.Tensor("0", count, offset, [size], [stride])));
        WeightFiles.Refused(_files.WriteZip("x", pickle, ("0", new byte[16])));
    }

    [Fact]
    public void A_storage_that_is_missing_or_short_is_a_clear_error()
    {
        byte[] pickle = PickleWriter.Of(p => p.StateDict("x", t => t.Tensor("0", 4, 0, [4], [1])));
        Assert.Contains("not there", WeightFiles.Refused(_files.WriteZip("x", pickle)).Message);
        Assert.Contains("has 8 bytes", WeightFiles.Refused(_files.WriteZip("y", pickle, ("0", new byte[8]))).Message);
    }

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "stack underflow", PickleWriter.Of(p => p.Op("tR")) },
        { "no mark", PickleWriter.Of(p => p.Op("Nt")) },
        { "memo before set", PickleWriter.Of(p => p.Raw((byte)'h', 7)) },
        { "text of 4 GB", PickleWriter.Of(p => p.Op("X").Raw(255, 255, 255, 255)) },
        { "text of 2^63", PickleWriter.Of(p => p.Raw(0x8D, 255, 255, 255, 255, 255, 255, 255, 127)) },
        { "long of 2 GB", PickleWriter.Of(p => p.Raw(0x8B, 255, 255, 255, 127)) },
        { "negative long", PickleWriter.Of(p => p.Raw(0x8B, 255, 255, 255, 255)) },
        { "unknown instruction", PickleWriter.Of(p => p.Raw(0xFF)) },
        { "deep nesting", PickleWriter.Of(p => p.Raw(Enumerable.Repeat((byte)'(', 100_000).ToArray()).Raw(Enumerable.Repeat((byte)'l', 100_000).ToArray())) },
        { "list inside itself", PickleWriter.Of(p => p.Op("]q").Raw(0).Op("h").Raw(0).Op("a")) },
        { "dict inside itself", PickleWriter.Of(p => p.Op("}q").Raw(0).Text("state_dict").Op("h").Raw(0).Op("s")) },
        { "five million instructions", PickleWriter.Of(p => p.Raw(Enumerable.Repeat((byte)']', 5_000_000).ToArray())) },
        { "no state dict", PickleWriter.Of(p => p.Number(7)) },
        { "dict without tensors", PickleWriter.Of(p => p.Op("}").Text("epoch").Number(1).Op("s")) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_pickle_bomb_is_a_clear_error(string what, byte[] pickle)
    {
        WeightFileException refused = WeightFiles.Refused(_files.WriteZip("x", pickle));
        Assert.True(refused.Message.Length > 40, what);
        WeightFiles.Refused(_files.Write("y", Old(pickle)));
    }

    [Fact]
    public void A_billion_laughs_stay_small()
    {
        // Each list holds the one before ten times: 10^50 leaves, 50 objects.
        byte[] pickle = PickleWriter.Of(p =>
        {
            p.Op("]q").Raw(0);
            for (byte i = 1; i < 50; i++)
            {
                p.Op("](");
                for (int k = 0; k < 10; k++)
                {
                    p.Op("h").Raw((byte)(i - 1));
                }

                p.Op("eq").Raw(i);
            }
        });
        WeightFiles.Refused(_files.WriteZip("x", pickle));
    }

    [Fact]
    public void Weights_of_a_TorchScript_archive_are_read_and_its_code_is_not()
    {
        byte[] pickle = Script(p => p.Op("}(").Text("training").Raw(0x89).Text("fc").Global("__torch__.torch.nn.Linear", "Linear").Op(")").Raw(0x81).Op("}(")
            .Text("weight").Tensor("0", 2, 0, [1, 2], [2, 1]).Op("ubub"));
        byte[] archive = WeightFiles.Zip(CompressionLevel.NoCompression, ("a/data.pkl", pickle), ("a/code/__torch__.py", "import os"u8.ToArray()), ("a/data/0", WeightFiles.Floats(1, 2)));
        string path = _files.Write("x.pt", archive);
        using WeightFile file = WeightFile.Open(path);
        Assert.Equal("TorchScript", file.Format);
        Assert.Contains("torch.onnx.export", Assert.Throws<ArgumentException>(() => ModelZoo.Create(path)).Message);
        Assert.Equal("fc.weight", Assert.Single(file.Entries).Key);
        Assert.Equal([1f, 2f], file.Entries[0].ReadFloats());
        Assert.Contains("'__torch__", WeightFiles.Refused(_files.WriteZip("y.pth", pickle, ("0", new byte[8]))).Message);
    }

    [Fact]
    public void Modules_that_hold_each_other_are_a_clear_error()
    {
        // Each module holds the one before ten times; the last one holds itself.
        byte[] pickle = PickleWriter.Of(p =>
        {
            for (byte i = 0; i < 60; i++)
            {
                p.Global("__torch__", "M").Op(")").Raw(0x81).Op("q").Raw(i).Op("}(");
                for (int k = 0; k < 10; k++)
                {
                    p.Text($"m{k}").Op("h").Raw(i == 0 ? (byte)0 : (byte)(i - 1));
                }

                p.Op("ub");
            }
        });
        byte[] archive = WeightFiles.Zip(CompressionLevel.NoCompression, ("a/data.pkl", pickle), ("a/code/x.py", []));
        Assert.Contains("nested", WeightFiles.Refused(_files.Write("x.pt", archive)).Message);
    }

    [Fact]
    public void A_compressed_entry_is_refused()
    {
        byte[] bomb = WeightFiles.Zip(CompressionLevel.SmallestSize, ("archive/data.pkl", new byte[10_000_000]));
        Assert.True(bomb.Length < 20_000);
        Assert.Contains("compressed", WeightFiles.Refused(_files.Write("x", bomb)).Message);
    }

    [Fact]
    public void A_changed_bit_is_found_by_the_checksum()
    {
        byte[] pickle = PickleWriter.Of(p => p.StateDict("x", t => t.Tensor("0", 64, 0, [64], [1])));
        string path = _files.WriteZip("x.pth", pickle, ("0", WeightFiles.Floats([.. Enumerable.Range(0, 64).Select(i => 1f + i)])));
        WeightFiles.ReadAll(path);
        byte[] content = File.ReadAllBytes(path);
        int at = content.AsSpan().IndexOf(WeightFiles.Floats(32));
        content[at + 1] ^= 4;
        Assert.Contains("checksum", WeightFiles.Refused(_files.Write("y.pth", content)).Message);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<!DOCTYPE html><html>", "text")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "LFS")]
    [InlineData("PK\u0003\u0004", "damaged")]
    public void What_is_no_weight_file_is_named(string content, string expected) =>
        Assert.Contains(expected, WeightFiles.Refused(_files.Write("model.pth", System.Text.Encoding.Latin1.GetBytes(content))).Message);

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Contains("nowhere.pth", WeightFiles.Refused(Path.Combine(_files.Folder, "nowhere.pth")).Message);
        Assert.Contains(_files.Folder, WeightFiles.Refused(_files.Folder).Message);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/zero is Linux's");
        Assert.Contains("/dev/zero", WeightFiles.Refused("/dev/zero").Message);
    }

    private static byte[] Script(Action<PickleWriter> attributes) => PickleWriter.Of(p =>
    {
        p.Global("__torch__", "Net").Op(")").Raw(0x81);
        attributes(p);
    });

    /// <summary>The old format around a pickle, without storages.</summary>
    internal static byte[] Old(byte[] pickle) =>
    [
        0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
        .. PickleWriter.Of(p => p.Number(1001)),
        .. PickleWriter.Of(p => p.Op("}")),
        .. pickle,
        .. PickleWriter.Of(p => p.Op("]")),
    ];
}
