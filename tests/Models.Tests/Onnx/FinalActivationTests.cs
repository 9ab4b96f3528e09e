using TorchSharp;
using static CAManim.Native.Models.Tests.Onnx.TinyNetwork;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>A sigmoid or softmax at the very end is told and left out: the network gives logits.</summary>
public sealed class FinalActivationTests
{
    private static readonly float[] Weight = Values(5 * 48, "w");

    [Theory]
    [InlineData("Sigmoid", FinalActivation.Sigmoid)]
    [InlineData("Softmax", FinalActivation.Softmax)]
    [InlineData("LogSoftmax", FinalActivation.LogSoftmax)]
    [InlineData("Sigmoid Identity", FinalActivation.Sigmoid)]
    [InlineData("Sigmoid Flatten", FinalActivation.Sigmoid)]
    [InlineData("Softmax Unsqueeze Squeeze", FinalActivation.Softmax)]
    [InlineData("Sigmoid Cast Reshape", FinalActivation.Sigmoid)]
    [InlineData("Identity", FinalActivation.None)]
    [InlineData("Relu", FinalActivation.None)]
    [InlineData("Sigmoid Exp", FinalActivation.None)]
    [InlineData("Sigmoid Relu Flatten", FinalActivation.None)]
    public void What_follows_the_logits(string behind, FinalActivation expected)
    {
        OnnxWriter writer = new OnnxWriter(13).Input(1, 3, 4, 4).Floats("w", Weight, 48, 5).Integers("two", [2]).Integers("shape", [1, -1]).Node("Flatten", "x", "f").Node("MatMul", "f,w", "n0");
        string[] types = behind.Split(' ');
        for (int i = 0; i < types.Length; i++)
        {
            string more = types[i] switch { "Squeeze" or "Unsqueeze" => ",two", "Reshape" => ",shape", _ => "" };
            writer.Node(types[i], $"n{i}{more}", i == types.Length - 1 ? "y" : $"n{i + 1}", types[i] == "Cast" ? [("to", 1)] : []);
        }

        using LoadedModel model = Open(writer.Output().Content());
        Assert.Equal(expected, model.FinalActivation);
        Check(
            writer,
            x =>
            {
                Tensor logits = x.flatten(1).matmul(tensor(Weight, [48, 5]));
                return behind switch
                {
                    "Relu" => logits.relu(),
                    "Sigmoid Exp" => logits.sigmoid().exp(),
                    "Sigmoid Relu Flatten" => logits.sigmoid().relu(),
                    _ => logits,
                };
            },
            1, 3, 4, 4);
    }

    /// <summary>Over another axis than the classes a softmax is a part of the network.</summary>
    [Fact]
    public void A_softmax_over_images_stays()
    {
        using LoadedModel model = Open(new OnnxWriter(13).Input(1, 3, 4, 4).Node("Flatten", "x", "f").Node("Softmax", "f", "y", ("axis", 0)).Output().Content());
        Assert.Equal(FinalActivation.None, model.FinalActivation);
        using Tensor x = Picture(1, 3, 4, 4);
        using Tensor y = model.Module.call(x);
        Assert.All(y.data<float>().ToArray(), v => Assert.Equal(1f, v));
    }

    [Fact]
    public void Networks_of_the_zoo_do_not_say()
    {
        using LoadedModel model = ModelZoo.Create("demo_scenes");
        Assert.Equal(FinalActivation.None, model.FinalActivation);
    }
}
