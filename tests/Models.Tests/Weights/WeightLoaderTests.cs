using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Weights;

public sealed class WeightLoaderTests : IDisposable
{
    private readonly WeightFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_trained_network_knows_the_dog()
    {
        using LoadedModel model = ModelZoo.Create("cifar10_resnet20", SharedFiles.Require("weights/cifar10_resnet20.th"));
        using SafeTensorsFile inputs = SafeTensorsFile.Open(SharedFiles.Require("reference/inputs.safetensors"));
        (int[] shape, float[] values) = inputs.Read("both_32");
        using var noGradient = no_grad();
        using Tensor input = tensor(values, [1, .. shape.Select(d => (long)d)]);
        using Tensor logits = model.Module.call(input);
        float[] reference = [-0.2120540589094162f, -4.642475128173828f, 4.869525909423828f, 3.1114158630371094f, -0.5967601537704468f, 8.077459335327148f, -5.463616371154785f, 3.2391557693481445f, -7.108968257904053f, -1.3351547718048096f];
        Assert.True(Numbers.RelativeL2(logits.data<float>().ToArray(), reference) <= 1e-5);
        Assert.Equal("dog", model.ClassNames[(int)logits.argmax().item<long>()]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("_orig_mod.module.")]
    public void Prefixes_of_wrappers_are_removed(string prefix)
    {
        using LoadedModel source = ModelZoo.Create("cifar10_resnet20", "rule:a");
        using LoadedModel target = ModelZoo.Create("cifar10_resnet20", "rule:b");
        string path = Save(source, (key, values) => (prefix + key, values));
        target.LoadWeights(path);
        Assert.True(source.Module.state_dict()["linear.weight"].bytes.SequenceEqual(target.Module.state_dict()["linear.weight"].bytes));
    }

    [Theory]
    [InlineData("densenet121", "features.denseblock1.denselayer2.norm1.weight", "features.denseblock1.denselayer2.norm.1.weight")]
    [InlineData("vit_b_32", "encoder.layers.encoder_layer_3.mlp.3.bias", "encoder.layers.encoder_layer_3.mlp.linear_2.bias")]
    public void Keys_of_torchvision_s_older_files_are_known(string network, string key, string older)
    {
        using LoadedModel source = ModelZoo.Create(network, "rule:a");
        using LoadedModel target = ModelZoo.Create(network, "rule:b");
        string path = Save(source, (k, values) => (k.Replace("norm1", "norm.1").Replace("norm2", "norm.2").Replace("conv1", "conv.1").Replace("conv2", "conv.2").Replace("mlp.0", "mlp.linear_1").Replace("mlp.3", "mlp.linear_2"), values));
        using (WeightFile file = WeightFile.Open(path))
        {
            Assert.NotNull(file.Find(older));
        }

        target.LoadWeights(path);
        Assert.True(source.Module.state_dict()[key].bytes.SequenceEqual(target.Module.state_dict()[key].bytes));
    }

    [Fact]
    public void What_does_not_fit_is_listed_and_nothing_is_changed()
    {
        using LoadedModel source = ModelZoo.Create("cifar10_resnet20", "rule:a");
        using LoadedModel target = ModelZoo.Create("cifar10_resnet32", "rule:b");
        byte[] before = target.Module.state_dict()["conv1.weight"].bytes.ToArray();
        string path = Save(source, (key, values) => key == "linear.bias" ? ("linear.extra", values) : (key, values));
        WeightMismatchException mismatch = Assert.Throws<WeightMismatchException>(() => target.LoadWeights(path));
        Assert.Contains("linear.bias", mismatch.Missing);
        Assert.Equal(["linear.extra"], mismatch.Unexpected);
        Assert.Empty(mismatch.Misshapen);
        Assert.Contains("do not fit cifar10_resnet32: ", mismatch.Message);
        Assert.Contains(" are missing: layer1.3.conv1.weight, layer1.3.bn1.weight, ...; 1 of the file's are not in it: linear.extra.", mismatch.Message);
        Assert.InRange(mismatch.Message.Length, 1, 600);
        Assert.Equal(before, target.Module.state_dict()["conv1.weight"].bytes.ToArray());
    }

    [Fact]
    public void Another_shape_is_listed_with_both_shapes()
    {
        using LoadedModel source = ModelZoo.Create("cifar10_resnet20", "rule:a");
        string path = Save(source, (key, values) => (key, key == "linear.weight" ? values[..64] : values), key => key == "linear.weight" ? [1, 64] : null);
        WeightMismatchException mismatch = Assert.Throws<WeightMismatchException>(() => source.LoadWeights(path));
        Assert.Equal(["linear.weight [1,64] in the file, [10,64] in the network"], mismatch.Misshapen);
    }

    [Fact]
    public void Half_precision_weights_are_widened()
    {
        using LoadedModel source = ModelZoo.Create("cifar10_resnet20", "rule:a");
        using LoadedModel target = ModelZoo.Create("cifar10_resnet20", "rule:b");
        string path = Path.Combine(_files.Folder, "half.safetensors");
        SafeTensorsWriter.Write(path, source.Module.state_dict().Where(s => s.Value.dtype == ScalarType.Float32).Select(s =>
            SafeTensor.Of(s.Key, [.. s.Value.shape.Select(d => (int)d)], s.Value.data<float>().Select(v => (Half)v).ToArray().AsSpan())));
        target.LoadWeights(path);
        float[] expected = [.. source.Module.state_dict()["conv1.weight"].data<float>().Select(v => (float)(Half)v)];
        Assert.Equal(expected, target.Module.state_dict()["conv1.weight"].data<float>().ToArray());
    }

    private string Save(LoadedModel model, Func<string, float[], (string, float[])> change, Func<string, int[]?>? reshape = null)
    {
        string path = Path.Combine(_files.Folder, "saved.safetensors");
        SafeTensorsWriter.Write(path, model.Module.state_dict().Where(s => s.Value.dtype == ScalarType.Float32).Select(s =>
        {
            (string key, float[] values) = change(s.Key, s.Value.data<float>().ToArray());
            return (key, reshape?.Invoke(s.Key) ?? s.Value.shape.Select(d => (int)d).ToArray(), (ReadOnlyMemory<float>)values);
        }));
        return path;
    }
}
