using CAManim.Native.Models.Onnx;
using CAManim.Native.Models.Onnx.Graph;
using CAManim.Native.Models.Onnx.Operators;
using TorchSharp;
using static CAManim.Native.Models.Tests.Onnx.TinyNetwork;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>What cannot be read is said clearly, by the node's name; nothing crashes or takes memory without bound.</summary>
[Collection(nameof(Alone))]
public sealed class HostileFileTests
{
    /// <summary>Two of the largest tensors that a call may make, operand and result, and what is computed once.</summary>
    private const long Bound = (2 * OnnxNetwork.ElementsOfImage * sizeof(float)) + (8L << 24);

    [Fact]
    public void Unknown_operators_are_named_with_advice()
    {
        string message = Fault(new OnnxWriter().Input(1, 3, 4, 4)
            .Node("/head/Warp", "GridSample", "x", "a", []).Node("/q/Q", "QLinearConv", "a", "b", []).Node("/b/Fused", "FusedConv", "b", "c", [], "com.microsoft").Node("/b/If", "If", "c", "y", [])
            .Node("/dead/Foo", "Foo", "x", "unused", []).Output());
        Assert.Contains("node '/head/Warp' (GridSample)", message);
        Assert.Contains("quantised", message);
        Assert.Contains("'com.microsoft'", message);
        Assert.Contains("control flow", message);
        Assert.Contains("opset_version", message);
        Assert.DoesNotContain("Foo", message);
    }

    [Fact]
    public void What_is_no_classifier_of_pictures_is_refused()
    {
        Assert.Contains("operator set 8", Fault(new OnnxWriter(8).Input(1, 3, 4, 4).Node("Relu", "x", "y").Output()));
        Assert.Contains("operator set 22", Fault(new OnnxWriter(22).Input(1, 3, 4, 4).Node("Relu", "x", "y").Output()));
        Assert.Contains("2 channels", Fault(new OnnxWriter().Input(1, 2, 4, 4).Node("Relu", "x", "y").Output()));
        Assert.Contains("[N,3,H,W]", Fault(new OnnxWriter().Input(1, 3, 4).Node("Relu", "x", "y").Output()));
        Assert.Contains("not square", Fault(new OnnxWriter().Input(1, 4, 5, 3).Node("Relu", "x", "y").Output()));
        Assert.Contains("2 inputs", Fault(new OnnxWriter().Input(1, 3, 4, 4).Input(1, 3, 4, 4).Node("Relu", "x", "y").Output()));
        Assert.Contains("does not depend", Fault(new OnnxWriter().Input(1, 3, 4, 4).Floats("c", [1, 2], 2).Node("Relu", "c", "y").Output()));
        Assert.Contains("'nowhere'", Fault(new OnnxWriter().Input(1, 3, 4, 4).Node("Add", "x,nowhere", "y").Output()));
        Assert.Contains("no ONNX model", Assert.Throws<OnnxException>(() => Open([])).Message);
        Assert.Contains("cannot be read", Assert.Throws<OnnxException>(() => ModelZoo.Create("./nowhere.onnx")).Message);
    }

    [Fact]
    public void Tensors_that_ask_for_more_than_they_hold_are_refused()
    {
        OnnxWriter With(ProtoWriter tensor) => new OnnxWriter().Input(1, 3, 4, 4).Tensor(tensor).Node("Add", "x,c", "y").Output();
        Assert.Contains("needs", Fault(With(OnnxWriter.Tensor("c", 1, 1 << 20, 1 << 10).Bytes(9, new byte[8]))));
        Assert.Contains("has the shape", Fault(With(OnnxWriter.Tensor("c", 1, 1 << 20, 1 << 20, 1 << 20).Bytes(9, new byte[8]))));
        Assert.Contains("has the shape", Fault(With(OnnxWriter.Tensor("c", 1, -5).Bytes(9, new byte[8]))));
        Assert.Contains("in one file", Fault(With(OnnxWriter.Tensor("c", 1, 1).Integer(14, 1))));
        Assert.Contains("element type 8", Fault(With(OnnxWriter.Tensor("c", 8, 1).Bytes(6, new byte[2]))));
        long[] huge = [1 << 20, 1 << 20];
        Assert.Contains("elements", Fault(new OnnxWriter().Input(1, 3, 4, 4).Integers("n", huge).Node("ConstantOfShape", "n", "c").Node("Add", "x,c", "y").Output()));
        Assert.Contains("elements", Fault(new OnnxWriter().Input(1, 3, 4, 4).Integers("n", huge).Floats("c", [1]).Node("Expand", "c,n", "d").Node("Add", "x,d", "y").Output()));
        Assert.Contains("elements", Fault(new OnnxWriter().Input(1, 3, 4, 4).Floats("c", new float[50000], 50000, 1).Floats("d", new float[50000], 1, 50000).Node("MatMul", "c,d", "e").Node("Add", "x,e", "y").Output()));
    }

    [Fact]
    public void A_call_that_fails_names_the_node()
    {
        using LoadedModel model = Open(new OnnxWriter().Input(1, 3, 4, 4).Floats("w", new float[40], 4, 10).Node("/fc/Gemm", "Gemm", "x,w", "y", []).Output().Content());
        using Tensor x = Picture(1, 3, 4, 4);
        long before = Tensor.TotalCount;
        Assert.Contains("node '/fc/Gemm' (Gemm) has factors", Assert.Throws<OnnxException>(() => model.Module.call(x)).Message);
        Assert.InRange(Tensor.TotalCount, 0, before);
        using LoadedModel resize = Open(new OnnxWriter().Input(1, 3, 4, 4).Floats("s", [1, 1, 1e6f, 1e6f], 4).Node("Resize", "x,,s", "y").Output().Content());
        Assert.Contains("elements", Assert.Throws<OnnxException>(() => resize.Module.call(x)).Message);
    }

    /// <summary>Truncations of a network with most kinds of content: a clear error, or a network that runs or fails clearly.</summary>
    [Fact]
    public void Truncated_files_end_in_clear_errors()
    {
        byte[] good = new OnnxWriter(13).Input(1, 3, 8, 8).Floats("w", Values(108, "w"), 4, 3, 3, 3).Integers("shape", [1, -1]).Floats("fc", Values(5 * 64, "fc"), 5, 64).Integers("i", [0])
            .Node("Conv", "x,w", "c", ("pads", new long[] { 1, 1, 1, 1 })).Node("Relu", "c", "r").Node("MaxPool", "r", "p", ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))
            .Node("Shape", "p", "s").Node("Gather", "s,i", "g").Node("Concat", "g,i", "n", ("axis", 0)).Node("Reshape", "p,shape", "f").Node("Gemm", "f,fc", "y", ("transB", 1)).Output("y", 1, 5).Content();
        Try(good, mustWork: true);
        for (int length = 0; length < good.Length; length += 7)
        {
            Try(good[..length], mustWork: false);
        }
    }

    [Theory]
    [InlineData("tiny_shufflenet")]
    [InlineData("tiny_vit")]
    public void A_hundred_and_fifty_mutations_of_an_exported_file(string name) => Mutate(name, 0, 150);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("tiny_shufflenet")]
    [InlineData("tiny_vit")]
    public void Five_thousand_more(string name) => Mutate(name, 150, 5150);

    private static void Mutate(string name, int firstSeed, int endSeed) => Mutations.Run<OnnxException>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Onnx", $"{name}.onnx")), content => Call(content, 64), firstSeed, endSeed, Bound);

    /// <summary>libtorch's exceptions end the process where TorchSharp does not catch them: every operator on inputs that do not fit.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Inputs_that_do_not_fit_are_clear_errors()
    {
        string[] several = ["x,v", "v,x", "x,w", "w,x", "x,e", "x,n", "x,b", "x,v,v", "x,w,v", "x,n,n", "x,n,n,n,n", "x,w,w,w,w", "x,v,v,v,v", "x,,,n", "x,,v", "x"];
        foreach (string type in OnnxNetworks.Operators)
        {
            foreach (string inputs in several)
            {
                foreach ((string, object)[] attributes in new (string, object)[][] { [], [("axis", 3), ("perm", new long[] { 0, 0, 7 }), ("axes", new long[] { 1, 1 }), ("kernel_shape", new long[] { 9, 9 }), ("equation", "ab,bc->ad"), ("blocksize", 3), ("size", 3), ("num_groups", 3), ("group", 7)] })
                {
                    Try(new OnnxWriter(13).Input(1, 3, 8, 8).Floats("v", Values(5), 5).Floats("w", Values(30), 2, 3, 5).Floats("e", [], 0, 4).Integers("n", [5, -7, 2]).Tensor(OnnxWriter.Tensor("b", 9, 2).Bytes(9, [1, 0]))
                        .Node(type, inputs, "y", attributes).Output().Content(), mustWork: false);
                }
            }
        }
    }

    [Theory]
    [InlineData(new long[] { 1, -1 }, new long[] { 4, 8, 7, 7 }, new long[] { 4, 392 })]
    [InlineData(new long[] { 64, 49, 96 }, new long[] { 4, 8, 8, 7, 7, 96 }, new long[] { 256, 49, 96 })]
    [InlineData(new long[] { 1, 8, 8, 7, 7, 96 }, new long[] { 256, 49, 96 }, new long[] { 4, 8, 8, 7, 7, 96 })]
    [InlineData(new long[] { 64, -1, 96 }, new long[] { 4, 8, 8, 7, 7, 96 }, new long[] { 256, 49, 96 })]
    [InlineData(new long[] { 197, 12, 64 }, new long[] { 197, 4, 768 }, new long[] { 197, 48, 64 })]
    [InlineData(new long[] { 197, 768 }, new long[] { 197, 48, 64 }, new long[] { 788, 768 })]
    [InlineData(new long[] { 197, 1, 768 }, new long[] { 788, 768 }, new long[] { 197, 4, 768 })]
    [InlineData(new long[] { 4, 392 }, new long[] { 4, 8, 7, 7 }, new long[] { 4, 392 })]
    public void Shapes_for_one_image_become_shapes_for_four(long[] shape, long[] input, long[] expected) =>
        Assert.Equal(expected, BatchWidening.Widen(shape, input, 1, 4));

    private static string Fault(OnnxWriter writer) => Assert.Throws<OnnxException>(() => Open(writer.Content()).Dispose()).Message;

    private static void Try(byte[] content, bool mustWork)
    {
        try
        {
            long[] shape = Call(content, 8);
            Assert.True(!mustWork || shape is [1, 5]);
        }
        catch (OnnxException e) when (!mustWork)
        {
            Assert.True(e.Message.Length > 20, e.Message);
        }
    }

    private static long[] Call(byte[] content, int side)
    {
        using LoadedModel model = Open(content);
        using var noGradient = no_grad();
        using Tensor x = Picture(1, 3, side, side);
        using Tensor y = model.Module.call(x);
        return y.shape;
    }
}
