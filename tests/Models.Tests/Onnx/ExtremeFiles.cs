using CAManim.Native.Models.Onnx;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Seeded files of one operator with extreme numbers.</summary>
internal static class ExtremeFiles
{
    private static readonly long[] Numbers = [0, 1, -1, 2, 3, 4, 7, 8, -8, 9, 16, 31, 32, 64, 1 << 20, int.MaxValue, int.MinValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue, long.MinValue + 1];
    private static readonly float[] Floats = [0, 1, -1, 0.5f, 2, 1e-38f, 1e38f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    private static readonly string[] LongLists = ["strides", "dilations", "pads", "kernel_shape", "output_padding", "output_shape", "axes", "perm", "split", "starts", "ends"];
    private static readonly string[] Longs = ["group", "axis", "blocksize", "num_groups", "size", "num_outputs", "to", "fmod", "ceil_mode", "count_include_pad", "keepdims", "transA", "transB", "allowzero"];
    private static readonly string[] Singles = ["alpha", "beta", "epsilon", "bias", "value"];

    public static byte[] Make(int seed)
    {
        var random = new Random(seed);
        string type = OnnxNetworks.Operators[random.Next(OnnxNetworks.Operators.Count)];
        OnnxWriter writer = new OnnxWriter(random.Next(2) == 0 ? 13 : 18).Input(1, 3, 8, 8);
        long[] list = Some(random, random.Next(1, 9));
        long k = random.Next(0, 5);
        writer.Integers("n", list).Integers("m", Some(random, random.Next(0, 5))).Integers("one", [Numbers[random.Next(Numbers.Length)]])
            .Floats("w", TinyNetwork.Values((int)(4 * 3 * k * k), "w"), 4, 3, k, k).Floats("v", TinyNetwork.Values(3, "v"), 3).Floats("s", [.. Enumerable.Range(0, 4).Select(_ => Floats[random.Next(Floats.Length)])], 4)
            .Floats("e", [], 0, 3).Node("Cast", "x", "i", ("to", 7)).Node("Cast", "x", "t", ("to", 9));
        string[] names = ["x", "x", "x", "i", "t", "n", "m", "one", "w", "w", "v", "s", "e", ""];
        string inputs = string.Join(',', Enumerable.Range(0, random.Next(1, 6)).Select(i => i == 0 ? (random.Next(4) == 0 ? names[random.Next(names.Length - 1)] : "x") : names[random.Next(names.Length)]));
        List<(string, object)> attributes = [];
        foreach (string name in LongLists.Where(_ => random.Next(3) == 0))
        {
            // Mostly small ones: what is refused at once tests little.
            int count = name is "pads" or "perm" ? 4 : 2;
            attributes.Add((name, random.Next(3) == 0 ? Some(random, random.Next(1, 9)) : [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(0, 5))]));
        }

        attributes.AddRange(Longs.Where(_ => random.Next(4) == 0).Select(name => (name, (object)(random.Next(2) == 0 ? random.Next(0, 5) : Numbers[random.Next(Numbers.Length)]))));
        attributes.AddRange(Singles.Where(_ => random.Next(4) == 0).Select(name => (name, (object)Floats[random.Next(Floats.Length)])));
        if (random.Next(2) == 0)
        {
            attributes.Add(("mode", ((string[])["constant", "reflect", "edge", "nearest", "linear", "DCR", "CRD"])[random.Next(7)]));
        }

        return writer.Node(type, inputs, type == "Split" ? "p,q" : "p", [.. attributes]).Node("Cast", "p", "f", ("to", 1)).Node("ReduceMax", "f", "g", ("keepdims", 0)).Node("Add", "x,g", "y").Output().Content();
    }

    private static long[] Some(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Numbers[random.Next(Numbers.Length)])];
}
