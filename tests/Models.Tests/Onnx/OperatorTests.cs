using TorchSharp;
using static CAManim.Native.Models.Tests.Onnx.TinyNetwork;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Operators in models of one or a few nodes against direct calls of TorchSharp: outputs and gradients.</summary>
public sealed class OperatorTests
{
    private static readonly float[] Kernel = Values(4 * 3 * 3 * 3, "kernel");

    public static TheoryData<string> Elementwise =>
        ["Relu", "Sigmoid", "Tanh", "HardSwish", "Gelu", "Erf", "Exp", "Neg", "Abs", "Softplus", "Mish", "HardSigmoid", "LeakyRelu", "Elu", "Identity", "Dropout", "GlobalAveragePool", "GlobalMaxPool"];

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Functions_without_settings(string type) => Check(
        new OnnxWriter(20).Input(1, 3, 6, 6).Node(type, "x", "y").Output(),
        x => type switch
        {
            "Relu" => x.relu(),
            "Sigmoid" => x.sigmoid(),
            "Tanh" => x.tanh(),
            "HardSwish" => x.hardswish(),
            "Gelu" => x.gelu(),
            "Erf" => x.erf(),
            "Exp" => x.exp(),
            "Neg" => x.neg(),
            "Abs" => x.abs(),
            "Softplus" => nn.functional.softplus(x),
            "Mish" => nn.functional.mish(x),
            "HardSigmoid" => ((x * 0.2f) + 0.5f).clamp(0, 1),
            "LeakyRelu" => x.leaky_relu(0.01),
            "Elu" => nn.functional.elu(x, 1),
            "GlobalAveragePool" => x.mean([2, 3], keepdim: true),
            "GlobalMaxPool" => x.amax([2, 3], keepdim: true),
            _ => x.alias(),
        },
        1, 3, 6, 6);

    [Theory]
    [InlineData(8, 1, 2, "SAME_UPPER", 1, 1, 1, 1)]
    [InlineData(8, 2, 1, "SAME_UPPER", 0, 0, 1, 1)]
    [InlineData(8, 2, 1, "SAME_LOWER", 1, 1, 0, 0)]
    [InlineData(9, 2, 1, "SAME_UPPER", 1, 1, 1, 1)]
    [InlineData(8, 1, 1, "VALID", 0, 0, 0, 0)]
    [InlineData(8, 1, 1, "NOTSET", 2, 0, 1, 3)]
    [InlineData(8, 2, 1, "NOTSET", 1, 1, 1, 1)]
    public void Convolutions_pad_each_side_by_its_own(long size, long stride, long dilation, string auto, long top, long left, long bottom, long right)
    {
        long more = dilation == 2 ? 1 : 0;
        (string, object)[] attributes = [("strides", new[] { stride, stride }), ("dilations", new[] { dilation, dilation }), ("auto_pad", auto), .. auto == "NOTSET" ? new (string, object)[] { ("pads", new[] { top, left, bottom, right }) } : []];
        Check(
            new OnnxWriter().Input(1, 3, size, size).Floats("w", Kernel, 4, 3, 3, 3).Floats("b", Values(4, "b"), 4).Node("Conv", "x,w,b", "y", attributes).Output(),
            x => nn.functional.conv2d(nn.functional.pad(x, [left + more, right + more, top + more, bottom + more]), tensor(Kernel, [4, 3, 3, 3]), tensor(Values(4, "b")), [stride, stride], [0, 0], [dilation, dilation]),
            1, 3, size, size);
    }

    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(0, 1, 1, 0, 0)]
    public void Transposed_convolutions(long top, long left, long bottom, long right, long extra) => Check(
        new OnnxWriter().Input(1, 3, 5, 5).Floats("w", Kernel[..54], 3, 2, 3, 3).Node("ConvTranspose", "x,w", "y", ("strides", new long[] { 2, 2 }), ("pads", new[] { top, left, bottom, right }), ("output_padding", new[] { extra, extra })).Output(),
        x =>
        {
            Tensor whole = nn.functional.conv_transpose2d(x, tensor(Kernel[..54], [3, 2, 3, 3]), null, [2, 2], [0, 0], [extra, extra]);
            return whole.slice(2, top, whole.shape[2] - bottom, 1).slice(3, left, whole.shape[3] - right, 1);
        },
        1, 3, 5, 5);

    [Theory]
    [InlineData("MaxPool", 1, 1, 1, 1, 0)]
    [InlineData("MaxPool", 0, 0, 1, 1, 0)]
    [InlineData("MaxPool", 0, 0, 0, 0, 1)]
    [InlineData("AveragePool", 1, 1, 1, 1, 0)]
    [InlineData("AveragePool", 0, 0, 0, 0, 1)]
    [InlineData("AveragePool", 0, 1, 1, 0, 0)]
    public void Pooling(string type, long top, long left, long bottom, long right, long ceil) => Check(
        new OnnxWriter().Input(1, 3, 8, 8).Node(type, "x", "y", ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new[] { top, left, bottom, right }), ("ceil_mode", ceil)).Output(),
        x =>
        {
            long[] sides = [left, right, top, bottom];
            if (type == "MaxPool")
            {
                return nn.functional.max_pool2d(nn.functional.pad(x, sides, PaddingModes.Constant, double.NegativeInfinity), [3, 3], [2, 2], ceil_mode: ceil != 0);
            }

            Tensor sums = nn.functional.avg_pool2d(nn.functional.pad(x, sides), [3, 3], [2, 2], ceil_mode: ceil != 0);
            return sums / nn.functional.avg_pool2d(nn.functional.pad(ones_like(x), sides), [3, 3], [2, 2], ceil_mode: ceil != 0);
        },
        1, 3, 8, 8);

    [Fact]
    public void Normalisations()
    {
        Tensor w = tensor(Values(4, "w"));
        Tensor b = tensor(Values(4, "b"));
        Tensor mean = tensor(Values(4, "m"));
        Tensor variance = tensor([0.5f, 1, 1.5f, 2]);
        Tensor Conv(Tensor x) => nn.functional.conv2d(x, tensor(Kernel[..12], [4, 3, 1, 1]));
        OnnxWriter Shaped() => new OnnxWriter(21).Input(1, 3, 4, 4).Floats("k", Kernel[..12], 4, 3, 1, 1).Node("Conv", "x,k", "h").Floats("w", Values(4, "w"), 4).Floats("b", Values(4, "b"), 4).Floats("m", Values(4, "m"), 4).Floats("v", [0.5f, 1, 1.5f, 2], 4);
        Check(Shaped().Node("BatchNormalization", "h,w,b,m,v", "y", ("epsilon", 1e-3f)).Output(), x => nn.functional.batch_norm(Conv(x), mean, variance, w, b, eps: 1e-3), 1, 3, 4, 4);
        Check(Shaped().Node("LayerNormalization", "h,w,b", "y", ("axis", -1)).Output(), x => nn.functional.layer_norm(Conv(x), [4], w, b), 1, 3, 4, 4);
        Check(Shaped().Node("InstanceNormalization", "h,w,b", "y").Output(), x => (Conv(x) - Conv(x).mean([2, 3], true)) / (Conv(x).var([2, 3], false, true) + 1e-5).sqrt() * w.reshape(4, 1, 1) + b.reshape(4, 1, 1), 1, 3, 4, 4);
        Check(Shaped().Node("GroupNormalization", "h,w,b", "y", ("num_groups", 2)).Output(), x => nn.functional.group_norm(Conv(x), 2, w, b), 1, 3, 4, 4);
        Check(Shaped().Node("LRN", "h", "y", ("size", 3), ("alpha", 0.3f)).Output(), x => nn.functional.local_response_norm(Conv(x), 3, 0.3, 0.75, 1), 1, 3, 4, 4);
        Check(Shaped().Floats("s", Values(4, "s"), 4, 1, 1).Node("PRelu", "h,s", "y").Output(), x => Conv(x).relu() - (tensor(Values(4, "s"), [4, 1, 1]) * (-Conv(x)).relu()), 1, 3, 4, 4);
    }

    [Fact]
    public void Products_and_softmax()
    {
        float[] weight = Values(5 * 48, "w");
        float[] bias = Values(5, "b");
        OnnxWriter Start(long opset = 17) => new OnnxWriter(opset).Input(1, 3, 4, 4).Floats("w", weight, 5, 48).Floats("b", bias, 5).Node("Flatten", "x", "f");
        Tensor Linear(Tensor x, float a = 1, float b = 1) => (a * x.flatten(1).matmul(tensor(weight, [5, 48]).t())) + (b * tensor(bias));
        Check(Start().Node("Gemm", "f,w,b", "y", ("transB", 1)).Output(), x => Linear(x), 1, 3, 4, 4);
        Check(Start().Node("Gemm", "f,w,b", "y", ("transB", 1), ("alpha", 0.5f), ("beta", 2f)).Output(), x => Linear(x, 0.5f, 2), 1, 3, 4, 4);
        Check(Start().Node("Transpose", "w", "t").Node("MatMul", "f,t", "m").Node("Add", "m,b", "y").Output(), x => Linear(x), 1, 3, 4, 4);
        Check(Start().Node("Einsum", "f,w", "y", ("equation", "nk,ck->nc")).Output(), x => Linear(x, 1, 0), 1, 3, 4, 4);

        // The last softmax is left out; one that others follow is not.
        Check(Start().Node("Gemm", "f,w,b", "g", ("transB", 1)).Node("Softmax", "g", "y").Output(), x => Linear(x), 1, 3, 4, 4);
        Check(Start().Node("Softmax", "x", "s").Node("Exp", "s", "y").Output(), x => x.softmax(-1).exp(), 1, 3, 4, 4);
        Check(Start(11).Node("Softmax", "x", "s").Node("Exp", "s", "y").Output(), x => x.flatten(1).softmax(1).reshape(x.shape).exp(), 1, 3, 4, 4);
    }

    [Fact]
    public void Arithmetic_and_choice()
    {
        OnnxWriter Start(long opset = 17) => new OnnxWriter(opset).Input(1, 3, 4, 4).Floats("two", [2]).Floats("c", [0.5f, -0.5f, 1.5f], 3, 1, 1).Floats("low", [-0.25f]).Floats("high", [0.5f]);
        Tensor c = tensor([0.5f, -0.5f, 1.5f], [3, 1, 1]);
        Check(Start().Node("Mul", "x,c", "a").Node("Sub", "a,x", "b").Node("Div", "b,c", "y").Output(), x => ((x * c) - x) / c, 1, 3, 4, 4);
        Check(Start().Node("Pow", "x,two", "a").Node("Add", "a,two", "b").Node("Sqrt", "b", "y").Output(), x => (x.pow(2) + 2).sqrt(), 1, 3, 4, 4);
        Check(Start().Node("Clip", "x,low,high", "y").Output(), x => x.clamp(-0.25f, 0.5f), 1, 3, 4, 4);
        Check(Start().Node("Clip", "x,,high", "y").Output(), x => x.clamp_max(0.5f), 1, 3, 4, 4);
        Check(Start(9).Node("Clip", "x", "y", ("min", -0.25f), ("max", 0.5f)).Output(), x => x.clamp(-0.25f, 0.5f), 1, 3, 4, 4);
        Check(Start().Node("Min", "x,high,c", "a").Node("Max", "a,low", "y").Output(), x => x.minimum(tensor(0.5f)).minimum(c).maximum(tensor(-0.25f)), 1, 3, 4, 4);
        Check(Start().Node("Greater", "x,low", "p").Node("Where", "p,x,c", "y").Output(), x => where(x > -0.25f, x, c.expand(x.shape)), 1, 3, 4, 4);
        Check(Start().Node("Mul", "x,x", "y").Output(), x => x * x, 1, 3, 4, 4);
    }

    [Fact]
    public void Reductions()
    {
        OnnxWriter Start(long opset) => new OnnxWriter(opset).Input(1, 3, 4, 4).Integers("axes", [2, -1]);
        Check(Start(13).Node("ReduceMean", "x", "y", ("axes", new long[] { 2, 3 }), ("keepdims", 0)).Output(), x => x.mean([2, 3]), 1, 3, 4, 4);
        Check(Start(18).Node("ReduceMean", "x,axes", "y", ("keepdims", 0)).Output(), x => x.mean([2, 3]), 1, 3, 4, 4);
        Check(Start(13).Node("ReduceSum", "x,axes", "y").Output(), x => x.sum([2L, 3], keepdim: true), 1, 3, 4, 4);
        Check(Start(18).Node("ReduceL2", "x,axes", "y").Output(), x => x.square().sum([2L, 3], keepdim: true).sqrt(), 1, 3, 4, 4);
        Check(Start(18).Node("ReduceMax", "x,axes", "y").Output(), x => x.amax([2, 3], keepdim: true), 1, 3, 4, 4);
    }

    [Fact]
    public void Parts_and_joins()
    {
        OnnxWriter Start(long opset = 17) => new OnnxWriter(opset).Input(1, 3, -1, -1).Integers("a", [1]).Integers("end", [long.MaxValue]).Integers("last", [3]).Integers("back", [-1]).Integers("min", [long.MinValue]).Integers("index", [2, -3], 2).Integers("pads", [0, 0, 1, 0, 0, 0, 2, -1]).Integers("sizes", [2, 4]);
        Check(Start().Node("Slice", "x,a,end,last", "y").Output(), x => x.slice(3, 1, 6, 1), 1, 3, 4, 6);
        Check(Start().Node("Slice", "x,back,min,last,back", "y").Output(), x => x.flip(3), 1, 3, 4, 6);
        Check(Start(9).Node("Slice", "x", "y", ("starts", new long[] { 0, 1 }), ("ends", new long[] { 100, -1 }), ("axes", new long[] { 2, 3 })).Output(), x => x.slice(3, 1, 5, 1), 1, 3, 4, 6);
        Check(Start().Node("Gather", "x,index", "y", ("axis", 1)).Output(), x => x.index_select(1, tensor(new long[] { 2, 0 })), 1, 3, 4, 6);
        Check(Start().Integers("where", [0, 2, 0, -3], 2, 2).Floats("new", Values(48, "new"), 2, 4, 6).Node("ScatterND", "x,where,new", "y").Output(), x => cat([tensor(Values(48, "new"), [2, 4, 6]).slice(0, 1, 2, 1), x[0].slice(0, 1, 2, 1), tensor(Values(48, "new"), [2, 4, 6]).slice(0, 0, 1, 1)]).unsqueeze(0), 1, 3, 4, 6);
        Check(Start().Node("Pad", "x,pads", "y").Output(), x => nn.functional.pad(x, [0, -1, 1, 2]), 1, 3, 4, 6);
        Check(Start(9).Node("Pad", "x", "y", ("pads", new long[] { 0, 0, 1, 2, 0, 0, 1, 0 }), ("mode", "reflect")).Output(), x => nn.functional.pad(x, [2, 0, 1, 1], PaddingModes.Reflect), 1, 3, 4, 6);
        Check(Start().Node("Split", "x,sizes", "p,q", ("axis", 3)).Node("Concat", "q,p,x", "y", ("axis", 3)).Output(), x => cat([x.slice(3, 2, 6, 1), x.slice(3, 0, 2, 1), x], 3), 1, 3, 4, 6);
        Check(Start(18).Node("Split", "x", "p,q", ("axis", 1), ("num_outputs", 2)).Node("Exp", "q", "y").Output(), x => x.slice(1, 2, 3, 1).exp(), 1, 3, 4, 6);
    }

    [Fact]
    public void Shapes_are_computed_on_the_way()
    {
        // Flatten as exporters write it with dynamic axes: Reshape(x, Concat(Unsqueeze(Gather(Shape(x), 0)), -1)).
        OnnxWriter writer = new OnnxWriter(11).Input(-1, 3, 4, 4).Tensor(OnnxWriter.Tensor("i", 7).Integer(7, 0)).Integers("open", [-1])
            .Node("Shape", "x", "s").Node("Gather", "s,i", "g").Node("Unsqueeze", "g", "u", ("axes", new long[] { 0 })).Node("Concat", "u,open", "c", ("axis", 0)).Node("Reshape", "x,c", "r").Node("Exp", "r", "y").Output();
        Check(writer, x => x.flatten(1).exp(), 3, 3, 4, 4);
        using LoadedModel model = Open(writer.Content());
        Assert.Equal(["r.Reshape", "y.Exp"], model.Module.named_modules().Select(m => m.name));
        Assert.Equal(["Reshape", "Exp"], model.Module.named_modules().Select(m => m.module.GetName()));
        Check(new OnnxWriter().Input(1, 3, 4, 4).Node("Transpose", "x", "t", ("perm", new long[] { 0, 2, 3, 1 })).Integers("a", [0]).Node("Squeeze", "t,a", "s").Node("Unsqueeze", "s,a", "y").Output(), x => x.permute(0, 2, 3, 1), 1, 3, 4, 4);
        Check(new OnnxWriter().Input(1, 3, 4, 4).Integers("n", [4]).Node("ConstantOfShape", "n", "z").Node("Cast", "x", "c", ("to", 10)).Node("Add", "c,z", "y").Output(), x => x.alias(), 1, 3, 4, 4);
    }

    [Theory]
    [InlineData("half_pixel", false)]
    [InlineData("align_corners", true)]
    public void Resizing_is_bilinear(string rule, bool alignsCorners) => Check(
        new OnnxWriter().Input(1, 3, -1, -1).Integers("sizes", [1, 3, 8, 9]).Node("Resize", "x,,,sizes", "y", ("mode", "linear"), ("coordinate_transformation_mode", rule)).Output(),
        x => nn.functional.interpolate(x, [8, 9], mode: InterpolationMode.Bilinear, align_corners: alignsCorners),
        1, 3, 5, 6);

    [Fact]
    public void Resizing_takes_the_nearest() => Check(
        new OnnxWriter().Input(1, 3, -1, -1).Floats("scales", [1, 1, 2, 2], 4).Node("Resize", "x,,scales", "y", ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")).Output(),
        x => nn.functional.interpolate(x, [10, 12], mode: InterpolationMode.Nearest),
        1, 3, 5, 6);
}
