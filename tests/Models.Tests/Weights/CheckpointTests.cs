using System.Text;
using System.Text.Json;
using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>The kinds of files that training programs leave, of one network: each loads with the same values, or says what is in it and what would help.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const string Network = "cifar10_resnet20";

    private readonly WeightFiles _files = new();
    private readonly LoadedModel _source = ModelZoo.Create(Network, "rule:a");
    private readonly Checkpoint _checkpoint;

    public CheckpointTests() => _checkpoint = new Checkpoint(_source);

    public void Dispose()
    {
        _source.Dispose();
        _files.Dispose();
    }

    public static TheoryData<string, string> Kinds => new()
    {
        { "plain", "" },
        { "data parallel", "" },
        { "imagenet example", "" },
        { "lightning", "" },
        { "lightning with a loss", "1 of the file's tensors are no part of the network and were not used: criterion.weight" },
        { "a loss beside keys without prefix", "1 of the file's tensors are no part of the network and were not used: criterion.weight" },
        { "averaged", "1 of the file's tensors are no part of the network and were not used: n_averaged" },
        { "compiled and averaged", "n_averaged" },
        { "torchvision's program", "the weights under 'model' were taken; there are also 'model_ema' (" },
        { "only an average", "the weights under 'state_dict_ema' were taken." },
        { "another key", "the weights under 'net_state' were taken." },
        { "another key, and a number", "the weights under 'net_state' were taken." },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_trainers_leave_is_loaded(string kind, string remark)
    {
        using LoadedModel target = ModelZoo.Create(Network, "rule:b");
        target.LoadWeights(_files.WriteZip("x.pth", Pickle(kind), [.. _checkpoint.Storages, ("n", WeightFiles.Floats(7))]));
        AssertSame(target);
        Assert.Contains(remark, string.Join('\n', target.Remarks));
        Assert.Equal(remark.Length > 0, target.Remarks.Count > 0);
    }

    [Theory]
    [InlineData("model_ema.module")]
    [InlineData("model_ema")]
    [InlineData("model")]
    public void A_key_chooses_among_several(string key)
    {
        // The averaged copy has another prefix and the same values but for its last bias.
        byte[] pickle = PickleWriter.Of(p =>
        {
            p.Op("}(").Text("model");
            _checkpoint.State(p, k => k).Text("model_ema");
            _checkpoint.State(p, k => k == "linear.bias" ? null : "module." + k, more => more.Text("module.linear.bias").Tensor("n", 10, 0, [10], [1]).Text("n_averaged").Tensor("n", 10, 0, [], [])).Op("u");
        });
        string path = _files.WriteZip("x.pth", pickle, [.. _checkpoint.Storages, ("n", WeightFiles.Floats([.. Enumerable.Range(0, 10)]))]);
        using LoadedModel target = ModelZoo.Create(Network);
        target.LoadWeights(path, stateKey: key);
        Assert.Equal(key == "model" ? Values(_source, "linear.bias") : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Values(target, "linear.bias"));
        Assert.Equal(Values(_source, "conv1.weight"), Values(target, "conv1.weight"));
        string message = Assert.Throws<WeightFileException>(() => target.LoadWeights(path, stateKey: "swa")).Message;
        Assert.Contains("is whole, but cannot be used: it has no weights under 'swa'. It holds 'model' (97 tensors), 'model_ema' (98 tensors)", message);
    }

    [Fact]
    public void Several_networks_without_a_key_are_asked_about()
    {
        byte[] apart = PickleWriter.Of(p =>
        {
            p.Op("}(").Text("student");
            _checkpoint.State(p, k => k).Text("teacher");
            _checkpoint.State(p, k => k).Op("u");
        });
        string message = WeightFiles.Refused(_files.WriteZip("x.pth", apart, _checkpoint.Storages)).Message;
        Assert.Contains("'student' (97 tensors), 'teacher' (97 tensors). Say which by --weights-key", message);
        Assert.DoesNotContain("damaged", message);

        string path = _files.Write("y.safetensors", SafeTensors(["student.", "teacher."]));
        using LoadedModel target = ModelZoo.Create(Network);
        Assert.Contains("under 'student.' and under 'teacher.'. Say which by --weights-key", Assert.Throws<WeightMismatchException>(() => target.LoadWeights(path)).Message);
        target.LoadWeights(path, stateKey: "teacher");
        AssertSame(target);
    }

    [Fact]
    public void Weights_in_several_files_are_read_by_their_index()
    {
        string[] keys = [.. _source.Module.state_dict().Where(s => s.Value.dtype == ScalarType.Float32).Select(s => s.Key)];
        for (int part = 0; part < 2; part++)
        {
            SafeTensorsWriter.Write(Path.Combine(_files.Folder, $"model-0000{part + 1}-of-00002.safetensors"), keys.Where((_, i) => i % 2 == part).Select(k => (k, Shape(k), (ReadOnlyMemory<float>)Values(_source, k))));
        }

        string index = _files.Write("model.safetensors.index.json", Index(keys, i => $"model-0000{(i % 2) + 1}-of-00002.safetensors"));
        using LoadedModel target = ModelZoo.Create(Network, "rule:b");
        target.LoadWeights(index);
        AssertSame(target);
        string message = Assert.Throws<WeightMismatchException>(() => target.LoadWeights(Path.Combine(_files.Folder, "model-00001-of-00002.safetensors"))).Message;
        Assert.Contains("part 1 of 2: give the index", message);

        File.Delete(Path.Combine(_files.Folder, "model-00002-of-00002.safetensors"));
        Assert.Contains("needs the file 'model-00002-of-00002.safetensors' beside it", WeightFiles.Refused(index).Message);
        Assert.Contains("only weight files beside the index", WeightFiles.Refused(_files.Write("a.json", Index(keys, _ => "../model-00001-of-00002.safetensors"))).Message);
        Assert.Contains("no index of weights", WeightFiles.Refused(_files.Write("b.json", "{\"a\": 1}"u8.ToArray())).Message);
    }

    [Theory]
    [InlineData("a whole network", "a whole network (of the class 'torchvision.models.resnet.ResNet'), saved with torch.save(model)")]
    [InlineData("a tensor", "is whole, but cannot be used: it holds one tensor [1]")]
    [InlineData("a list", "is whole, but cannot be used: it holds a list of 0")]
    [InlineData("numbers", "is whole, but cannot be used: its dictionary holds no tensors, only 'epoch'")]
    public void What_is_no_state_dict_is_named(string kind, string expected)
    {
        byte[] pickle = PickleWriter.Of(p => _ = kind switch
        {
            "a whole network" => p.Global("torchvision.models.resnet", "ResNet").Op(")\u0081"),
            "a tensor" => p.Tensor("n", 1, 0, [1], [1]),
            "a list" => p.Op("]"),
            _ => p.Op("}").Text("epoch").Number(3).Op("s"),
        });
        string message = WeightFiles.Refused(_files.WriteZip("x.pth", pickle, ("n", WeightFiles.Floats(1)))).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain("damaged", message);
        Assert.DoesNotContain("Download", message);
    }

    [Fact]
    public void Weights_of_another_network_are_recognised()
    {
        using LoadedModel resnet = ModelZoo.Create("resnet18");
        string path = _files.WriteZip("x.pth", Pickle("data parallel"), _checkpoint.Storages);
        WeightMismatchException mismatch = Assert.Throws<WeightMismatchException>(() => resnet.LoadWeights(path));
        Assert.Contains("do not fit resnet18: ", mismatch.Message);
        Assert.Contains("It looks like cifar10_resnet20: --model cifar10_resnet20.", mismatch.Message);
        Assert.InRange(mismatch.Message.Length, 1, 700);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void The_first_tensor_that_is_not_finite_is_named(float value)
    {
        string path = _files.Write("x.safetensors", SafeTensors([""], (key, values) => key is "layer2.0.conv1.weight" or "linear.bias" ? [.. values[..^1], value] : values));
        using LoadedModel target = ModelZoo.Create(Network);
        string message = Assert.Throws<WeightFileException>(() => target.LoadWeights(path)).Message;
        Assert.Contains("'layer2.0.conv1.weight' [32,16,3,3] has 1 such values, the first (", message);
        Assert.Contains("at 4607; 2 of the tensors have some", message);
    }

    private byte[] Pickle(string kind) => PickleWriter.Of(p => _ = kind switch
    {
        "plain" => _checkpoint.State(p, k => k),
        "data parallel" => _checkpoint.State(p, k => "module." + k),
        "imagenet example" => Wrapped(p, "state_dict", "module.", beside: more => more.Text("best_acc1").Tensor("n", 1, 0, [], []).Text("optimizer").Op("}(").Text("state").Op("}").Number(0).Op("}").Text("momentum_buffer").Tensor("n", 1, 0, [1], [1]).Op("ssu")),
        "lightning" => Wrapped(p, "state_dict", "model."),
        "lightning with a loss" => Wrapped(p, "state_dict", "model.", more => more.Text("criterion.weight").Tensor("n", 1, 0, [1], [1])),
        "a loss beside keys without prefix" => _checkpoint.State(p, k => k, more => more.Text("criterion.weight").Tensor("n", 1, 0, [1], [1])),
        "averaged" => _checkpoint.State(p, k => "module." + k, more => more.Text("n_averaged").Tensor("n", 1, 0, [], [])),
        "compiled and averaged" => _checkpoint.State(p, k => "module._orig_mod." + k, more => more.Text("n_averaged").Tensor("n", 1, 0, [], [])),
        "torchvision's program" => Wrapped(p, "model", "", beside: more =>
        {
            more.Text("args").Op("N").Text("model_ema");
            _checkpoint.State(more, k => "module." + k, n => n.Text("n_averaged").Tensor("n", 1, 0, [], []));
        }),
        "only an average" => Wrapped(p, "state_dict_ema", ""),
        "another key" => Wrapped(p, "net_state", ""),
        _ => Wrapped(p, "net_state", "", beside: more => more.Text("best").Tensor("n", 1, 0, [], [])),
    });

    private PickleWriter Wrapped(PickleWriter pickle, string key, string prefix, Action<PickleWriter>? inside = null, Action<PickleWriter>? beside = null)
    {
        pickle.Op("}(").Text("epoch").Number(3).Text(key);
        _checkpoint.State(pickle, k => prefix + k, inside);
        beside?.Invoke(pickle);
        return pickle.Op("u");
    }

    private byte[] SafeTensors(string[] prefixes, Func<string, float[], float[]>? change = null)
    {
        string path = Path.Combine(_files.Folder, "written.safetensors");
        string[] keys = [.. _source.Module.state_dict().Where(s => s.Value.dtype == ScalarType.Float32).Select(s => s.Key)];
        SafeTensorsWriter.Write(path, prefixes.SelectMany(p => keys.Select(k => (p + k, Shape(k), (ReadOnlyMemory<float>)(change?.Invoke(k, Values(_source, k)) ?? Values(_source, k))))));
        return File.ReadAllBytes(path);
    }

    private static byte[] Index(string[] keys, Func<int, string> file) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { metadata = new { total_size = 1 }, weight_map = keys.Select((k, i) => (k, i)).ToDictionary(p => p.k, p => file(p.i)) }));

    private int[] Shape(string key) => [.. _source.Module.state_dict()[key].shape.Select(d => (int)d)];

    private static float[] Values(LoadedModel model, string key) => model.Module.state_dict()[key].data<float>().ToArray();

    private void AssertSame(LoadedModel target)
    {
        Dictionary<string, Tensor> expected = _source.Module.state_dict();
        Dictionary<string, Tensor> actual = target.Module.state_dict();
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, e => Assert.True(e.Value.bytes.SequenceEqual(actual[e.Key].bytes), e.Key));
    }
}
