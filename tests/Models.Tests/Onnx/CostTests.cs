using System.Diagnostics;
using CAManim.Native.Models.Onnx;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static CAManim.Native.Models.Tests.Onnx.TinyNetwork;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>What a file costs: to read, by its size; to run, by the stated limit, which is known before anything is computed.</summary>
[Collection(nameof(Alone))]
public sealed class CostTests
{
    /// <summary>For any file under 1 MB that is read or refused.</summary>
    private const double MostSeconds = 5;

    public static TheoryData<string> Files => ["no_names", "one_name", "counted_names", "most_nodes", "too_many_nodes", "empty_nodes", "packed_integers", "many_tensors", "unknown_operators", "wide_concat", "wider_concat", "many_outputs", "folded_much", "folded_long", "attributes", "inputs"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Reading_takes_little(string kind)
    {
        byte[] content = Content(kind);
        Assert.InRange(content.Length, 0, 1 << 20);
        OnnxChild.Outcome outcome = OnnxChild.Run(new Dictionary<string, byte[]> { [kind] = content })[kind];
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {content.Length} bytes, {outcome.Seconds:F2} s, {outcome.Growth / 1e6:F0} MB, {outcome.Message}");
        Assert.InRange(outcome.Seconds, 0, MostSeconds);
        Assert.InRange(outcome.Growth, long.MinValue, 64_000_000 + (20L * content.Length));
        Assert.True(outcome.Message is null || outcome.Message.Length < 3000, outcome.Message);
    }

    [Fact]
    public void Layers_have_names_of_their_own()
    {
        using LoadedModel model = Open(new OnnxWriter().Input(1, 3, 4, 4)
            .Node("a", "Relu", "x", "1", []).Node("a", "Relu", "1", "2", []).Node("a_1", "Relu", "2", "3", []).Node("a", "Relu", "3", "4", []).Node("", "Relu", "4", "y", []).Output().Content());
        Assert.Equal(["a", "a_1", "a_1_1", "a_2", "Relu_4"], model.Module.named_modules().Select(m => m.name));
    }

    /// <summary>41 tensors of 288 MB are alive at once, of a file of 1.7 kB.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_alive_at_once_is_bounded(bool withGradients)
    {
        using LoadedModel model = Open(LiveBig(40));
        using Tensor x = Picture(1, 3, 32, 32);
        using IDisposable? none = withGradients ? null : no_grad();
        PeakMemory memory = new();
        TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
        string message = Assert.Throws<OnnxException>(() => model.Module.call(x)).Message;
        Assert.Contains("GiB of activations", message);
        Assert.Contains("CAMANIM_ONNX_MEMORY", message);
        Assert.InRange(memory.Growth, long.MinValue, 64_000_000);
        Assert.InRange((Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds, 0, MostSeconds);
    }

    /// <summary>The plan of two tensors that are alive beside the one that is made, to the byte.</summary>
    [Fact]
    public void The_plan_is_what_a_call_takes()
    {
        using LoadedModel model = Open(new OnnxWriter().Input(1, 3, 8, 8).Floats("w", Values(5 * 3), 5, 3, 1, 1).Node("Conv", "x,w", "c").Node("Relu", "c", "r").Node("Add", "c,r", "a").Node("GlobalAveragePool", "a", "p").Node("Flatten", "p", "y").Output().Content());
        CallPlan plan = ((OnnxNetwork)model.Module).Plan([2, 3, 8, 8]);
        const long map = 2 * 5 * 64 * sizeof(float);
        const long vector = 2 * 5 * sizeof(float);
        Assert.Null(plan.Fault);
        Assert.Equal([2, 5], plan.OutputShape);
        Assert.Equal(3 * map, plan.LiveBytes);
        Assert.Equal((3 * map) + vector, plan.AllBytes);
    }

    [Theory]
    [InlineData("16G", 16L << 30)]
    [InlineData("800m", 800L << 20)]
    [InlineData("4096", 4096L)]
    [InlineData("1T", 1L << 40)]
    [InlineData("", null)]
    [InlineData("G", null)]
    [InlineData("0", null)]
    [InlineData("-5G", null)]
    [InlineData("1.5G", null)]
    [InlineData("99999999999T", null)]
    public void The_limit_is_a_size(string text, long? expected) => Assert.Equal(expected, MemoryLimit.Parse(text));

    /// <summary>The picture padded to 288 MB, many results of it kept until their sum.</summary>
    internal static byte[] LiveBig(int tensors)
    {
        OnnxWriter writer = new OnnxWriter().Input(1, 3, 32, 32).Integers("p", [0, 0, 2434, 2434, 0, 0, 2434, 2434]).Node("Pad", "x,p", "e");
        for (int i = 0; i < tensors; i++)
        {
            writer.Node("Relu", "e", $"m{i}");
        }

        for (int i = 1; i < tensors; i++)
        {
            writer.Node("Add", i == 1 ? "m0,m1" : $"s{i - 1},m{i}", $"s{i}");
        }

        return writer.Node("GlobalAveragePool", $"s{tensors - 1}", "y").Output().Content();
    }

    private static byte[] Content(string kind)
    {
        OnnxWriter writer = new OnnxWriter(13).Input(1, 3, 8, 8);
        switch (kind)
        {
            case "no_names" or "one_name" or "counted_names" or "most_nodes" or "too_many_nodes":
                int count = kind switch { "most_nodes" => 9990, "too_many_nodes" => 20_000, _ => 9000 };
                for (int i = 0; i < count; i++)
                {
                    string name = kind switch { "no_names" => "", "counted_names" => i % 2 == 0 ? "a" : $"a_{i}", _ => "a" };
                    writer.Node(name, "Relu", i == 0 ? "x" : $"{i}", $"{i + 1}", []);
                }

                return writer.Output($"{count}").Content();
            case "wider_concat":
                return writer.Node("Concat", string.Join(',', Enumerable.Repeat("x", 200_000)), "y", ("axis", 1)).Output().Content();
            case "empty_nodes":
                return writer.Fields(1, 500_000, []).Node("Relu", "x", "y").Output().Content();
            case "inputs":
                return writer.Fields(11, 500_000, []).Node("Relu", "x", "y").Output().Content();
            case "packed_integers":
                return writer.Tensor(OnnxWriter.Tensor("c", 7, 1_000_000).Bytes(7, new byte[1_000_000])).Node("Cast", "c", "f", ("to", 1)).Node("ReduceSum", "f", "s").Node("Add", "x,s", "y").Output().Content();
            case "many_tensors":
                for (int i = 0; i < 70_000; i++)
                {
                    writer.Tensor(new ProtoWriter().Integer(2, 1).Text(8, $"{i}"));
                }

                return writer.Node("Relu", "x", "y").Output().Content();
            case "unknown_operators":
                for (int i = 0; i < 25_000; i++)
                {
                    writer.Node("", $"O{i}", "x", "y", []);
                }

                return writer.Output().Content();
            case "wide_concat":
                return writer.Node("Concat", string.Join(',', Enumerable.Repeat("x", 4000)), "y", ("axis", 1)).Output().Content();
            case "many_outputs":
                return writer.Integers("c", new long[4000]).Node("Split", "c", string.Join(',', Enumerable.Range(0, 4000).Select(i => $"p{i}")), ("num_outputs", 4000)).Node("Cast", "p3999", "f", ("to", 1)).Node("Add", "x,f", "y").Output().Content();
            case "folded_much":
                writer.Integers("n", [1 << 20]);
                for (int i = 0; i < 1000; i++)
                {
                    writer.Node("ConstantOfShape", "n", $"c{i}");
                }

                return writer.Node("Sum", string.Join(',', Enumerable.Range(0, 1000).Select(i => $"c{i}")), "s").Node("ReduceSum", "s", "r").Node("Add", "x,r", "y").Output().Content();
            case "folded_long":
                writer.Integers("n", [1 << 20]).Node("ConstantOfShape", "n", "c");
                for (int i = 0; i < 8000; i++)
                {
                    writer.Node("ReduceSum", "c", $"s{i}");
                }

                return writer.Node("Sum", string.Join(',', Enumerable.Range(0, 4000).Select(i => $"s{i}")), "s").Node("Sum", string.Join(',', Enumerable.Range(4000, 4000).Select(i => $"s{i}")), "t").Node("Add", "x,s", "u").Node("Add", "u,t", "y").Output().Content();
            default:
                return writer.Node("Relu", "x", "y", [.. Enumerable.Range(0, 60_000).Select(i => ($"{i}", (object)1L))]).Output().Content();
        }
    }
}
