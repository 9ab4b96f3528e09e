using System.Runtime.InteropServices;
using CAManim.Native.Models.Images;
using CAManim.Native.Models.Onnx;
using TorchSharp;
using static CAManim.Native.Models.Tests.Onnx.TinyNetwork;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Files as users bring them, against what torch computes of the same network.</summary>
public sealed class CaseTests
{
    private const float Tolerance = 2e-5f;

    [Theory]
    [InlineData("logits", 1, FinalActivation.None)]
    [InlineData("probability", 1, FinalActivation.Sigmoid)]
    [InlineData("logits", 5, FinalActivation.None)]
    [InlineData("probability", 5, FinalActivation.Sigmoid)]
    public void One_output_or_several_findings_give_logits(string output, int classes, FinalActivation activation)
    {
        OnnxWriter writer = Start().WithWeights(3, classes).Whole(activation == FinalActivation.None ? output : "z");
        writer = activation == FinalActivation.None ? writer : writer.Node("Sigmoid", "z", output);
        using LoadedModel model = Open(writer.Output(output, 1, classes).Content());
        Assert.Equal(activation, model.FinalActivation);
        Assert.Equal(0, model.ClassNames.Count);
        Close(CaseNetwork.Logits[..classes], Call(model, 3));
    }

    [Fact]
    public void The_output_that_looks_like_logits_is_taken_and_said()
    {
        byte[] features = Start().WithWeights().Whole().Output("f", 1, 16).Output("logits", 1, 5).Content();
        using LoadedModel model = Open(features);
        Assert.Equal("The network has 2 outputs: 'f' [1,16], 'logits' [1,5]. 'logits' looks like the logits and is taken; --output-name takes another.", Assert.Single(model.Remarks));
        Close(CaseNetwork.Logits, Call(model, 3));
        using LoadedModel asked = Open(features, "f");
        Assert.Empty(asked.Remarks);
        Close(CaseNetwork.Features, Call(asked, 3));
        string message = Assert.Throws<OnnxException>(() => Open(features, "logit")).Message;
        Assert.Contains("without an output 'logit'. Its outputs are 'f' [1,16], 'logits' [1,5]", message);

        using LoadedModel labelled = Open(Start().WithWeights().Whole().Node("ArgMax", "logits", "label", ("axis", 1), ("keepdims", 0)).Label("label", 1).Output("logits", 1, 5).Content());
        Assert.Contains("'logits' looks like the logits", Assert.Single(labelled.Remarks));
        Close(CaseNetwork.Logits, Call(labelled, 3));
    }

    /// <summary>What only lies behind the other output is the score; without any hint the user is asked.</summary>
    [Fact]
    public void Outputs_without_telling_names_are_taken_by_their_place_or_asked_for()
    {
        using LoadedModel chained = Open(Start().WithWeights().Body().Node("Flatten", "g", "f").Head("b").Output("f", 1, 16).Output("b", 1, 5).Content());
        Close(CaseNetwork.Logits, Call(chained, 3));
        OnnxWriter equal = Start().WithWeights().Body().Node("Flatten", "g", "f").Head("one").Head("two").Output("one", 1, 5).Output("two", 1, 5);
        string message = Assert.Throws<OnnxException>(() => Open(equal.Content())).Message;
        Assert.Contains("more than one of which looks like logits: 'one' [1,5], 'two' [1,5]. Say which one holds them: --output-name one", message);
        Assert.Contains("none of which", Assert.Throws<OnnxException>(() => Open(Start().WithWeights().Body().Output("c1", 1, 8, 8, 8).Output("c2", 1, 16, 4, 4).Content())).Message);
    }

    /// <summary>Scores of every place are no scores of the picture: the shape stays, and readers of logits refuse it.</summary>
    [Fact]
    public void Maps_of_classes_are_not_flattened()
    {
        using LoadedModel model = Open(Start().WithWeights().Body("x", "g").Output("r2", 1, 16, 4, 4).Content());
        using var noGradient = no_grad();
        using Tensor x = Picture(1, 3, 16, 16);
        using Tensor y = model.Module.call(x);
        Assert.Equal([1, 16, 4, 4], y.shape);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    public void A_batch_that_was_exported_takes_any(int images)
    {
        byte[] content = new OnnxWriter(13).Input(8, 3, 16, 16).WithWeights().Integers("shape", [8, 16]).Body().Node("Reshape", "g,shape", "f").Head().Output("logits", 8, 5).Content();
        Close(CaseNetwork.Logits, Rows(content, images)[..5]);
        using LoadedModel single = Open(Start().WithWeights().Whole().Output("logits", 1, 5).Content());
        using var noGradient = no_grad();
        using Tensor x = Picture(images, 3, 16, 16);
        using Tensor expected = single.Module.call(x);
        Close(MemoryMarshal.Cast<byte, float>(expected.bytes).ToArray(), Rows(content, images));
    }

    /// <summary>Class tokens and positions are repeated for each image by exporters.</summary>
    [Fact]
    public void Constants_of_an_exported_batch_are_repeated()
    {
        OnnxWriter Of(bool same) => new OnnxWriter(13).Input(2, 3, 4, 4).Floats("t", [1, 2, 3, 4, same ? 1 : 9, 2, 3, 4], 2, 1, 1, 4).Floats("p", [.. Values(12, "p"), .. Values(12, "p")], 2, 3, 1, 4).Node("Add", "x,p", "a").Node("Slice", "a,z,one,one", "s").Integers("z", [0]).Integers("one", [1]).Node("Concat", "s,t", "y", ("axis", 2)).Output();
        byte[] content = Of(true).Content();
        using LoadedModel model = Open(content);
        using var noGradient = no_grad();
        using Tensor x = Picture(3, 3, 4, 4);
        using Tensor y = model.Module.call(x);
        using Tensor first = x + tensor(Values(12, "p"), [1, 3, 1, 4]);
        using Tensor expected = cat([first.slice(1, 0, 1, 1), tensor([1f, 2, 3, 4], [1, 1, 1, 4]).expand(3, 1, 1, 4)], 2);
        Assert.Equal([3, 1, 5, 4], y.shape);
        Close(MemoryMarshal.Cast<byte, float>(expected.contiguous().bytes).ToArray(), MemoryMarshal.Cast<byte, float>(y.contiguous().bytes).ToArray());
        using LoadedModel other = Open(Of(false).Content());
        string message = Assert.Throws<OnnxException>(() => other.Module.call(x)).Message;
        Assert.Contains("differs from image to image", message);
        Assert.Contains("exported for batches of 2, and this one has 3", message);
    }

    [Fact]
    public void Grey_has_one_channel_and_its_own_mean()
    {
        using LoadedModel model = Open(new OnnxWriter(13).Input(1, 1, 16, 16).WithWeights(channels: 1).Whole().Output("logits", 1, 5).Content());
        Assert.Equal(1, model.InputChannels);
        Assert.Equal([0.5f], model.Mean);
        Assert.Equal([0.5f], model.StandardDeviation);
        Assert.Equal(1, Preprocessing.For(model).Channels);
        Close(CaseNetwork.GreyLogits, Call(model, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Channels_last_and_integers_are_taken_as_declared(long type)
    {
        bool isInteger = type != 1;
        OnnxWriter writer = new OnnxWriter(13).InputOf(type, -1, 16, 16, 3).WithWeights().Floats("scale", [127.5f]).Floats("one", [1]);
        string picture = "x";
        if (isInteger)
        {
            writer.Node("Cast", "x", "float", ("to", 1)).Node("Div", "float,scale", "d").Node("Sub", "d,one", "p");
            picture = "p";
        }

        using LoadedModel model = Open(writer.Node("Transpose", picture, "t", ("perm", new long[] { 0, 3, 1, 2 })).Body("t").Node("Flatten", "g", "f").Head().Output("logits", -1, 5).Content());
        Assert.Equal((3, 16), (model.InputChannels, model.InputSize));
        Assert.Equal(isInteger ? [0, 0, 0] : [0.485f, 0.456f, 0.406f], model.Mean);
        Assert.Equal(isInteger ? 1 / 255f : 0.229f, model.StandardDeviation[0]);
        using var noGradient = no_grad();
        using Tensor x = Picture(1, 3, 16, 16);
        using Tensor input = isInteger ? (x + 1) * 127.5f : x.alias();
        using Tensor y = model.Module.call(input);
        Close(CaseNetwork.Logits, y.data<float>().ToArray());
    }

    [Fact]
    public void A_head_for_one_size_says_so()
    {
        byte[] content = new OnnxWriter(13).Input(-1, 3, -1, -1).Floats("w", Values(5 * 48, "w"), 48, 5).Node("Flatten", "x", "f").Node("MatMul", "f,w", "y").Output().Content();
        using LoadedModel model = Open(content);
        using var noGradient = no_grad();
        using Tensor large = Picture(1, 3, 224, 224);
        Assert.Contains("one size, give that by --size", Assert.Throws<OnnxException>(() => model.Module.call(large)).Message);
        using Tensor right = Picture(1, 3, 4, 4);
        using Tensor y = model.Module.call(right);
        Assert.Equal([1, 5], y.shape);
        using LoadedModel one = Open(new OnnxWriter(13).Input(1, 3, 4, 4).Floats("w", Values(5 * 48, "w"), 48, 5).Node("Flatten", "x", "f").Node("MatMul", "f,w", "y").Output().Content());
        Assert.Contains("exported for pictures of 4x4, and this one is 224x224: give --size 4", Assert.Throws<OnnxException>(() => one.Module.call(large)).Message);
    }

    [Fact]
    public void Functions_of_the_file_are_put_in_place()
    {
        OnnxWriter Block() => new OnnxWriter(13).Node("conv", "Conv", "in,weight,bias", "c", [("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }), ("strides", new OnnxWriter.Reference("steps"))]).Node("act", "Relu", "c", "out", []);
        OnnxWriter writer = Start().WithWeights().Function("mine", "Block", "in,weight,bias", "out", Block()).Function("mine", "Twice", "in,a,b,c,d", "r", new OnnxWriter(13).Node("first", "Block", "in,a,b", "h", [("steps", new long[] { 2, 2 })], "mine").Node("second", "Block", "h,c,d", "r", [("steps", new long[] { 2, 2 })], "mine"))
            .Node("/body", "Twice", "x,w1,b1,w2,b2", "r2", [], "mine").Node("GlobalAveragePool", "r2", "g").Node("Flatten", "g", "f").Head().Output("logits", 1, 5);
        using LoadedModel model = Open(writer.Content());
        Assert.Equal(["body.first.conv", "body.first.act", "body.second.conv", "body.second.act", "g.GlobalAveragePool", "f.Flatten", "logits.Gemm"], model.Module.named_modules().Select(m => m.name));
        Close(CaseNetwork.Logits, Call(model, 3));
    }

    /// <summary>Functions that call themselves, or each other twice.</summary>
    [Fact]
    public void Functions_do_not_multiply_without_end()
    {
        OnnxWriter endless = Start().Function("mine", "F", "a", "b", new OnnxWriter(13).Node("n", "F", "a", "b", [], "mine")).Node("n", "F", "x", "y", [], "mine").Output();
        Assert.Contains("calls itself", Assert.Throws<OnnxException>(() => Open(endless.Content())).Message);
        OnnxWriter bomb = Start();
        for (int i = 0; i < 30; i++)
        {
            bomb.Function("mine", $"F{i}", "a", "b", new OnnxWriter(13).Node("n", i == 29 ? "Relu" : $"F{i + 1}", "a", "h", [], i == 29 ? "" : "mine").Node("m", i == 29 ? "Relu" : $"F{i + 1}", "h", "b", [], i == 29 ? "" : "mine"));
        }

        Assert.Contains("functions", Assert.Throws<OnnxException>(() => Open(bomb.Node("n", "F0", "x", "y", [], "mine").Output().Content())).Message.Replace("function that", "functions that"));
    }

    [Theory]
    [InlineData("names", "{0: 'cat', 1: \"dog's\", 2: 'a, b', 3: 'd', 4: 'e'}", "cat", "dog's", "a, b")]
    [InlineData("classes", "[\"cat\", \"dog\", \"cow\", \"d\", \"e\"]", "cat", "dog", "cow")]
    [InlineData("class_names", "{\"1\": \"dog\", \"0\": \"cat\", \"2\": \"cow\", \"3\": \"d\", \"4\": \"e\"}", "cat", "dog", "cow")]
    [InlineData("labels", "cat, dog, cow, d, e", "cat", "dog", "cow")]
    [InlineData("names", "['cat', 'dog', 'cow', 'd', 'e']", "cat", "dog", "cow")]
    public void Names_of_classes_are_the_file_s(string key, string text, params string[] first)
    {
        using LoadedModel model = Open(Start().WithWeights().Whole().Output("logits", 1, 5).Metadata(key, text).Metadata("mean", "[0.1, 0.2, 0.3]").Metadata("std", "0.4, 0.5, 0.6").Metadata("activation", "sigmoid").Content());
        Assert.Equal(5, model.ClassNames.Count);
        Assert.Equal(first, model.ClassNames.Names.Take(3));
        Assert.Equal([0.1f, 0.2f, 0.3f], model.Mean);
        Assert.Equal([0.4f, 0.5f, 0.6f], model.StandardDeviation);
        Assert.Equal(FinalActivation.Sigmoid, model.FinalActivation);
    }

    [Theory]
    [InlineData("{0: 'cat'}")]
    [InlineData("{0: 'a', 7: 'b', 2: 'c', 3: 'd', 4: 'e'}")]
    [InlineData("[")]
    [InlineData("")]
    public void Names_that_do_not_fit_are_left(string text)
    {
        using LoadedModel model = Open(Start().WithWeights().Whole().Output("logits", 1, 5).Metadata("names", text).Metadata("mean", "nan,1,2").Metadata("std", "0,0,0").Content());
        Assert.Equal(0, model.ClassNames.Count);
        Assert.Equal(0.485f, model.Mean[0]);
        Assert.Equal(0.229f, model.StandardDeviation[0]);
    }

    private static OnnxWriter Start() => new OnnxWriter(13).Input(1, 3, CaseNetwork.Side, CaseNetwork.Side);

    private static float[] Call(LoadedModel model, long channels)
    {
        using var noGradient = no_grad();
        using Tensor x = Picture(1, channels, CaseNetwork.Side, CaseNetwork.Side);
        using Tensor y = model.Module.call(x);
        return y.data<float>().ToArray();
    }

    private static float[] Rows(byte[] content, int images)
    {
        using LoadedModel model = Open(content);
        using var noGradient = no_grad();
        using Tensor x = Picture(images, 3, CaseNetwork.Side, CaseNetwork.Side);
        using Tensor y = model.Module.call(x);
        Assert.Equal([images, 5], y.shape);
        return y.data<float>().ToArray();
    }

    private static void Close(float[] expected, float[] actual) => Numbers.AssertClose(actual, expected, Tolerance, Tolerance, "logits");
}
