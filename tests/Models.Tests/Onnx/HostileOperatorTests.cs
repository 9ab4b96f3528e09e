namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>
/// Operators with numbers on which the processor traps, libtorch aborts or memory ends. Each runs in a child process, gives ONNX's value or a
/// clear error, within 5 s, and the process grows by no more than 20 times the file's size and 64 MB.
/// </summary>
[Collection(nameof(Alone))]
public sealed class HostileOperatorTests
{
    private const long Allowance = 64_000_000;
    private const long Least = long.MinValue;

    /// <summary>Those that have a value: y = x + value, x = 0.</summary>
    private static readonly Dictionary<string, (byte[] File, float Value)> Defined = new()
    {
        ["div_min"] = (Integers("Div", [Least], [-1]), -9.223372E+18f),
        ["div_min_among"] = (Integers("Div", [Least, 7], [-1, -2], "ReduceMax"), -3),
        ["div"] = (Integers("Div", [-7], [2]), -3),
        ["mod_min"] = (Integers("Mod", [Least], [-1]), 0),
        ["mod"] = (Integers("Mod", [-7], [3]), 2),
        ["fmod_min"] = (Integers("Mod", [Least], [-1], null, ("fmod", 1)), 0),
        ["fmod"] = (Integers("Mod", [-7], [3], null, ("fmod", 1)), -1),
        ["neg_min"] = (Computed(w => w.Integers("a", [Least]).Node("Neg", "a", "k")), -9.223372E+18f),
        ["abs_min"] = (Computed(w => w.Integers("a", [Least]).Node("Abs", "a", "k")), -9.223372E+18f),
        ["slice_min"] = (Computed(w => w.Integers("a", [3, 4]).Integers("from", [Least]).Integers("to", [1]).Node("Slice", "a,from,to", "k")), 3),
        ["div_of_picture"] = (Start().Integers("m", [-1]).Floats("low", [float.NegativeInfinity]).Node("Add", "x,low", "l").Node("Cast", "l", "i", ("to", 7)).Node("Div", "i,m", "q").Node("Cast", "q", "y", ("to", 1)).Output().Content(), -9.223372E+18f),
        ["mod_of_picture"] = (Start().Integers("m", [-1]).Floats("low", [float.NaN]).Node("Add", "x,low", "l").Node("Cast", "l", "i", ("to", 7)).Node("Mod", "i,m", "q").Node("Cast", "q", "y", ("to", 1)).Output().Content(), 0),
        ["pad_cuts_with_reflection"] = (Start().Integers("p", [0, 0, -2, 1, 0, 0, -1, -3]).Node("Pad", "x,p", "y", ("mode", "reflect")).Output().Content(), 0),
        ["pad_cuts_with_edges"] = (Start().Integers("p", [0, 0, -2, 1, 0, 0, -1, -3]).Node("Pad", "x,p", "y", ("mode", "edge")).Output().Content(), 0),
        ["matmul_of_integers"] = (Computed(w => w.Integers("a", [1, 2], 1, 2).Integers("b", [3, 4], 2, 1).Node("MatMul", "a,b", "k")), 11),
    };

    /// <summary>Those that are refused, with what the message says.</summary>
    private static readonly Dictionary<string, (byte[] File, string Says)> Refused = new()
    {
        ["div_zero"] = (Integers("Div", [1, 2], [1, 0]), "divided by 0"),
        ["mod_zero"] = (Integers("Mod", [1], [0]), "divided by 0"),
        ["fmod_zero"] = (Integers("Mod", [1], [0], null, ("fmod", 1)), "divided by 0"),
        ["div_zero_of_picture"] = (Start().Integers("one", [1]).Node("Cast", "x", "i", ("to", 7)).Node("Div", "one,i", "q").Node("Cast", "q", "y", ("to", 1)).Output().Content(), "divided by 0"),
        ["gather_empty"] = (Computed(w => w.Integers("a", [], 0).Integers("i", [0]).Node("Gather", "a,i", "k")), "index 0"),
        ["gather_min"] = (Computed(w => w.Integers("a", [1, 2]).Integers("i", [Least]).Node("Gather", "a,i", "k")), "index -9223372036854775808"),
        ["gather_max"] = (Computed(w => w.Integers("a", [1, 2]).Integers("i", [long.MaxValue]).Node("Gather", "a,i", "k")), "index 9223372036854775807"),
        ["scatter_min"] = (Start().Integers("i", [0, Least], 1, 2).Floats("v", new float[64], 1, 8, 8).Node("ScatterND", "x,i,v", "y").Output().Content(), "index -9223372036854775808"),
        ["slice_step"] = (Computed(w => w.Integers("a", [3, 4]).Integers("z", [0]).Integers("to", [1]).Integers("s", [Least]).Node("Slice", "a,z,to,z,s", "k")), "steps"),
        ["range_zero"] = (Range(0, 5, 0), "range from 0 to 5 by 0"),
        ["range_huge"] = (Range(Least, long.MaxValue, 1), "a range from"),
        ["range_wide"] = (Range(0, 1L << 40, 1), "elements"),
        ["of_shape"] = (Computed(w => w.Integers("n", [1L << 40, 1L << 40]).Node("ConstantOfShape", "n", "k")), "elements"),
        ["of_shape_zero"] = (Computed(w => w.Integers("n", [0, 1L << 40, 1L << 40]).Node("ConstantOfShape", "n", "k")), "elements"),
        ["of_shape_negative"] = (Computed(w => w.Integers("n", [-4]).Node("ConstantOfShape", "n", "k")), "[-4]"),
        ["reshape_overflow"] = (Start().Integers("n", [1L << 32, 1L << 32]).Integers("from", [0]).Node("Slice", "x,from,from", "e").Node("Reshape", "e,n", "y").Output().Content(), "elements"),
        ["reshape_min"] = (Start().Integers("n", [Least]).Node("Reshape", "x,n", "y").Output().Content(), "shape [-9223372036854775808]"),
        ["reshape_deep"] = (Start().Integers("n", Enumerable.Repeat(1L, 1000).ToArray()).Node("Reshape", "x,n", "y").Output().Content(), "1000 dimensions"),
        ["unsqueeze_deep"] = (Start().Integers("n", Enumerable.Range(0, 1000).Select(i => (long)i).ToArray()).Node("Unsqueeze", "x,n", "y").Output().Content(), "1000 axes"),
        ["expand"] = (Start().Integers("n", [1L << 31, 1L << 31, 1, 1, 1, 1]).Node("Expand", "x,n", "y").Output().Content(), "elements"),
        ["tile"] = (Start().Integers("n", [int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue]).Node("Tile", "x,n", "y").Output().Content(), "elements"),
        ["tile_min"] = (Start().Integers("n", [1, 1, Least, 1]).Node("Tile", "x,n", "y").Output().Content(), "repeats"),
        ["pad_min"] = (Start().Integers("p", [0, 0, Least, 0, 0, 0, 0, 0]).Node("Pad", "x,p", "y").Output().Content(), "pads"),
        ["pad_all_away"] = (Start().Integers("p", [0, 0, -9, 0, 0, 0, 0, 0]).Node("Pad", "x,p", "y").Output().Content(), "result of shape"),
        ["pad_huge"] = (Start().Integers("p", [0, 0, int.MaxValue, 0, 0, 0, int.MaxValue, 0]).Node("Pad", "x,p", "y").Output().Content(), "elements"),
        ["pad_cut_and_grow"] = (Start().Integers("p", [0, 0, -100, 0, 0, 0, 101, 0]).Node("Pad", "x,p", "y").Output().Content(), "cut more"),
        ["pad_reflect_far"] = (Start().Integers("p", [0, 0, 100, 0, 0, 0, 0, 0]).Node("Pad", "x,p", "y", ("mode", "reflect")).Output().Content(), "failed"),
        ["resize_nan"] = (Resize([1, 1, float.NaN, 2]), "size of 0"),
        ["resize_infinite"] = (Resize([1, 1, float.PositiveInfinity, 2]), "a size of"),
        ["resize_negative"] = (Resize([1, 1, -2, 2]), "size of -16"),
        ["resize_long"] = (Resize([1, 1, 1e7f, 1]), "a size of"),
        ["conv_group_0"] = (Conv([3, 3, 1, 1], ("group", 0)), "group 0"),
        ["conv_group_many"] = (Conv([3, 3, 1, 1], ("group", int.MaxValue)), "group"),
        ["conv_group_7"] = (Conv([3, 3, 1, 1], ("group", 7)), "failed"),
        ["conv_empty_kernel"] = (Conv([3, 3, 0, 0]), "failed"),
        ["conv_no_channels"] = (Conv([3, 0, 1, 1]), "failed"),
        ["conv_stride_0"] = (Conv([3, 3, 1, 1], ("strides", new long[] { 0, 1 })), "strides"),
        ["conv_dilation_min"] = (Conv([3, 3, 1, 1], ("dilations", new long[] { Least, 1 })), "dilations"),
        ["conv_dilated_away"] = (Conv([3, 3, 2, 2], ("dilations", new long[] { 1 << 20, 1 << 20 })), "result of shape"),
        ["conv_pads_huge"] = (Conv([3, 3, 1, 1], ("pads", new long[] { 1 << 20, 1 << 20, 1 << 20, 1 << 20 })), "elements"),
        ["pool_kernel_0"] = (Pool("MaxPool", ("kernel_shape", new long[] { 0, 0 })), "kernel_shape"),
        ["pool_stride_0"] = (Pool("MaxPool", ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 0, 0 })), "strides"),
        ["average_stride_0"] = (Pool("AveragePool", ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 0, 0 })), "strides"),
        ["pool_too_large"] = (Pool("MaxPool", ("kernel_shape", new long[] { 1 << 20, 1 << 20 })), "failed"),
        ["pool_dilated_away"] = (Pool("MaxPool", ("kernel_shape", new long[] { 2, 2 }), ("dilations", new long[] { 1 << 20, 1 << 20 })), "failed"),
        ["split_none"] = (new OnnxWriter(18).Input(1, 3, 8, 8).Node("Split", "x", "y,z", ("num_outputs", 0)).Output().Content(), "0 outputs"),
        ["split_min"] = (new OnnxWriter(18).Input(1, 3, 8, 8).Node("Split", "x", "y,z", ("num_outputs", Least)).Output().Content(), "outputs"),
        ["split_parts"] = (Start().Integers("p", [long.MaxValue, long.MaxValue]).Node("Split", "x,p", "y,z").Output().Content(), "parts"),
        ["matmul_of_types"] = (Start().Integers("w", new long[64], 8, 8).Node("MatMul", "x,w", "y").Output().Content(), "failed"),
        ["matmul_of_bools"] = (Computed(w => w.Tensor(OnnxWriter.Tensor("b", 9, 1, 1).Bytes(9, [1])).Node("MatMul", "b,b", "k")), "failed"),
        ["gemm_bias_huge"] = (Start().Node("Flatten", "x", "f").Floats("w", new float[192 * 2000], 2000, 192).Floats("c", new float[100_000], 100_000, 1).Node("Gemm", "f,w,c", "y", ("transB", 1)).Output().Content(), "elements"),
        ["clip_by_many"] = (Start().Floats("low", new float[100_000], 100_000, 1, 1, 1, 1).Node("Clip", "x,low", "y").Output().Content(), "limit of shape"),
        ["einsum_between"] = (Computed(w => w.Floats("a", new float[2000]).Floats("b", new float[2000]).Floats("c", new float[2000]).Node("Einsum", "a,b,c", "k", ("equation", "a,b,c->"))), "elements"),
        ["topk"] = (Start().Integers("n", [long.MaxValue]).Node("TopK", "x,n", "y,i").Output().Content(), "not known"),
        ["one_hot"] = (Start().Integers("n", [long.MaxValue]).Node("OneHot", "x,n,n", "y").Output().Content(), "not known"),
        ["space"] = (Start().Node("SpaceToDepth", "x", "y", ("blocksize", Least)).Output().Content(), "blocksize"),
        ["transpose"] = (Start().Node("Transpose", "x", "y", ("perm", new long[] { Least, 0, 1, 2 })).Output().Content(), "failed"),
        ["squeeze"] = (Start().Integers("n", [Least]).Node("Squeeze", "x,n", "y").Output().Content(), "axis"),
        ["convolved_constants"] = (Computed(w => w.Floats("a", new float[10_000], 1, 1, 100, 100).Node("Conv", "a,a", "k", ("pads", new long[] { 50, 50, 50, 50 }))), "constants alone"),
    };

    [Fact]
    public void Values_that_trap_have_ONNX_s_values()
    {
        Dictionary<string, OnnxChild.Outcome> outcomes = OnnxChild.Run(Defined.ToDictionary(d => d.Key, d => d.Value.File));
        Assert.All(Defined, d =>
        {
            Assert.Null(outcomes[d.Key].Message);
            Assert.All(outcomes[d.Key].Values, v => Assert.Equal(d.Value.Value, v));
        });
    }

    [Fact]
    public void What_has_no_value_is_a_clear_error()
    {
        Dictionary<string, OnnxChild.Outcome> outcomes = OnnxChild.Run(Refused.ToDictionary(d => d.Key, d => d.Value.File));
        Assert.All(Refused, r =>
        {
            OnnxChild.Outcome outcome = outcomes[r.Key];
            Assert.Contains(r.Value.Says, outcome.Message ?? $"{r.Key} ran");
            Assert.InRange(outcome.Message!.Length, 20, 1000);
            Assert.InRange(outcome.Seconds, 0, 5);
            Assert.InRange(outcome.Growth, long.MinValue, Allowance + (20L * r.Value.File.Length));
        });
    }

    /// <summary>Seeded nonsense: any operator, extreme numbers in the place of its settings and inputs.</summary>
    [Theory]
    [InlineData(0, 300)]
    public void Extreme_numbers_anywhere(int firstSeed, int endSeed) => OnnxChild.Run(Enumerable.Range(firstSeed, endSeed - firstSeed).ToDictionary(i => $"{i:00000}", ExtremeFiles.Make));

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(300, 6000)]
    public void Extreme_numbers_anywhere_else(int firstSeed, int endSeed) => OnnxChild.Run(Enumerable.Range(firstSeed, endSeed - firstSeed).ToDictionary(i => $"{i:00000}", ExtremeFiles.Make));

    private static OnnxWriter Start() => new OnnxWriter(13).Input(1, 3, 8, 8);

    /// <summary>A constant <c>k</c> that is added to the picture.</summary>
    private static byte[] Computed(Func<OnnxWriter, OnnxWriter> constant) => constant(Start()).Node("Cast", "k", "f", ("to", 1)).Node("Add", "x,f", "y").Output().Content();

    private static byte[] Integers(string type, long[] a, long[] b, string? reduction = null, params (string, object)[] attributes) => Computed(w =>
    {
        w.Integers("a", a).Integers("b", b).Node(type, "a,b", reduction is null ? "k" : "r", attributes);
        return reduction is null ? w : w.Node(reduction, "r", "k");
    });

    private static byte[] Range(long from, long to, long by) => Computed(w => w.Integers("a", [from]).Integers("b", [to]).Integers("c", [by]).Node("Range", "a,b,c", "k"));

    private static byte[] Resize(float[] scales) => Start().Floats("s", scales, 4).Node("Resize", "x,,s", "y").Output().Content();

    private static byte[] Conv(long[] shape, params (string, object)[] attributes) =>
        Start().Floats("w", new float[shape.Aggregate(1L, (a, b) => a * b)], shape).Node("Conv", "x,w", "y", attributes).Output().Content();

    private static byte[] Pool(string type, params (string, object)[] attributes) => Start().Node(type, "x", "y", attributes).Output().Content();
}
