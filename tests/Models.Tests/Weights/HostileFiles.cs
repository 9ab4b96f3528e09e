using System.IO.Compression;
using System.Text;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>Files under 1 MB that would fill memory or never end if a reader believed them.</summary>
internal static class HostileFiles
{
    private const int Size = 900_000;

    /// <summary>Pickles by what they do.</summary>
    public static IReadOnlyDictionary<string, byte[]> Pickles { get; } = new Dictionary<string, byte[]>
    {
        ["copies of a list"] = Copies("__builtin__", "list", "]", "N", "h\u0000h\u0001\u0085R"),
        ["copies of a set"] = Copies("__builtin__", "set", "]", "N", "h\u0000h\u0001\u0085R"),
        ["copies of a list as a tuple"] = Copies("torch", "Size", "]", "N", "h\u0000h\u0001\u0085R"),
        ["copies of pairs as a dictionary"] = Copies("collections", "OrderedDict", "]", "U\u0001kN\u0086", "h\u0000h\u0001\u0085R"),
        ["long lists where pairs are expected"] = PickleWriter.Of(p => p.Global("collections", "OrderedDict").Op("q\u0000]q\u0001(" + Repeat("N", 100_000) + "e]q\u0002(" + Repeat("h\u0001", 100_000) + "e" + Repeat("h\u0000h\u0002\u0085R", 50_000))),
        ["a list that is extended by itself"] = PickleWriter.Of(p => p.Op("]q\u0000(" + Repeat("N", 1000) + "e" + Repeat("(" + Repeat("h\u0000", 20) + "e", 20_000))),
        ["tuples of tuples"] = PickleWriter.Of(p => p.Op(")" + Repeat("q\u0000h\u0000h\u0000h\u0000\u0087", Size / 10))),
        ["empty lists"] = PickleWriter.Of(p => p.Op(Repeat("]", Size))),
        ["empty dictionaries"] = PickleWriter.Of(p => p.Op(Repeat("}", Size))),
        ["remembered lists"] = PickleWriter.Of(p => p.Op(Repeat("]\u0094", Size / 2))),
        ["one thing remembered everywhere"] = PickleWriter.Of(p => p.Op("N" + Repeat("\u0094", Size))),
        ["marks"] = PickleWriter.Of(p => p.Op(Repeat("(", Size))),
        ["marks, and nothing between"] = PickleWriter.Of(p => p.Op(Repeat("(t0", Size / 3))),
        ["numbers"] = PickleWriter.Of(p => p.Op("(" + Repeat("K\u0001", Size / 2) + "l")),
        ["calls"] = PickleWriter.Of(p => p.Global("collections", "OrderedDict").Op("q\u0000" + Repeat("h\u0000)R", Size / 4))),
        ["storages"] = PickleWriter.Of(p => p.Op("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(4).Op("tq\u0000" + Repeat("h\u0000Q", Size / 3))),
        ["tensors of 32 dimensions"] = Tensors(Enumerable.Repeat(1L, 32), "h\u0000h\u0001R", Size / 5),
        ["a tensor under many names"] = Tensors([4], Names("h\u0002", Size / 9), 1),
        ["views much larger than their storage"] = Tensors([1 << 20], Names("h\u0002", Size / 9), 1, stride: 0),
        ["dictionaries that hold each other"] = PickleWriter.Of(p =>
        {
            p.Op("}q\u0000(");
            for (int i = 0; i < 50_000; i++)
            {
                p.Op($"U\u0005{i:D5}h\u0000");
            }

            p.Op("u");
        }),
    };

    /// <summary>Pickles of TorchScript archives.</summary>
    public static IReadOnlyDictionary<string, byte[]> Scripts { get; } = new Dictionary<string, byte[]>
    {
        ["long names, nested"] = Modules(60, 10_000, 1),
        ["many places of one module"] = Modules(60, 2, 30),
        ["a module that contains itself"] = PickleWriter.Of(p => p.Global("__torch__", "M").Op(")\u0081q\u0000}U\u0001mh\u0000sb")),
        ["a module with many settings in many places"] = PickleWriter.Of(p =>
        {
            p.Global("__torch__", "M").Op("q\u0000h\u0000)\u0081q\u0001}(");
            for (int i = 0; i < 40_000; i++)
            {
                p.Op($"U\u0005{i:D5}N");
            }

            p.Op("ubh\u0000)\u0081}(");
            for (int i = 0; i < 40_000; i++)
            {
                p.Op($"U\u0005{i:D5}h\u0001");
            }

            p.Op("ub");
        }),
    };

    /// <summary>Whole files of other formats.</summary>
    public static IReadOnlyDictionary<string, byte[]> Others { get; } = new Dictionary<string, byte[]>
    {
        ["a zip whose pickle is said to have 64 MB"] = Lying(),
        ["a zip of many entries"] = WeightFiles.Zip(CompressionLevel.NoCompression, [.. Enumerable.Range(0, 8000).Select(i => ($"a/data/{i}", Array.Empty<byte>()))]),
        ["safetensors of many empty tensors"] = SafeTensors("{" + string.Join(',', Enumerable.Range(0, 15_000).Select(i => $$"""
            "{{i:x}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}
            """.Trim())) + "}"),
        ["safetensors of empty tensors with long equal names"] = SafeTensors("{" + string.Join(',', Enumerable.Range(0, 300).Select(i => $$"""
            "{{new string('k', 2900)}}{{i}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}
            """.Trim())) + "}"),
        ["safetensors of one long list"] = SafeTensors("{\"a\":[" + Repeat("1,", Size / 2) + "1]}"),
        ["safetensors of open brackets"] = SafeTensors("{\"a\":" + Repeat("[", Size)),
        ["TorchSharp's with many scalars"] = [0x80, 0xE8, 0x07, .. Enumerable.Range(0, 128_000).SelectMany(i => (byte[])[3, (byte)(33 + (i & 63)), (byte)(33 + ((i >> 6) & 63)), (byte)(33 + (i >> 12)), 11, 0, 1])],
    };

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    /// <summary>A container with many items, and calls that copy it.</summary>
    private static byte[] Copies(string module, string name, string container, string item, string copy) =>
        PickleWriter.Of(p => p.Global(module, name).Op($"q\u0000{container}q\u0001(" + Repeat(item, 100_000) + "e" + Repeat(copy, 70_000)));

    /// <summary>A tensor's function under 0, its arguments under 1, the tensor under 2; then more, and a dictionary around it.</summary>
    private static byte[] Tensors(IEnumerable<long> shape, string more, int count, long stride = 1)
    {
        long[] dimensions = [.. shape];
        return PickleWriter.Of(p => p.Global("torch._utils", "_rebuild_tensor_v2").Op("q\u0000(")
            .Op("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(4).Op("tQ").Number(0)
            .Numbers(dimensions).Numbers([.. dimensions.Select(_ => stride)]).Raw(0x89).Global("collections", "OrderedDict").Op(")Rtq\u0001Rq\u0002}(U\u0001wh\u0002" + Repeat(more, count) + (count > 1 ? "t0" : "u")));
    }

    private static string Names(string value, int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"U\u0005{i:x5}{value}"));

    /// <summary>Each module holds the one before, several times, under long names; the first one holds a tensor.</summary>
    private static byte[] Modules(int depth, int nameLength, int places) => PickleWriter.Of(p =>
    {
        for (int i = 0; i < depth; i++)
        {
            p.Global("__torch__", "M").Op(")\u0081q").Raw((byte)i).Op("}(");
            for (int k = 0; k < places; k++)
            {
                p.Text(new string('n', nameLength) + k);
                _ = i == 0 ? p.Tensor("0", 4, 0, [4], [1]) : p.Op("h").Raw((byte)(i - 1));
            }

            p.Op("ub");
        }
    });

    private static byte[] SafeTensors(string header) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header)];

    /// <summary>A small file whose directory gives its pickle the largest size that is read.</summary>
    private static byte[] Lying()
    {
        byte[] zip = WeightFiles.Zip(CompressionLevel.NoCompression, ("a/data.pkl", new byte[16]));
        int directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 20), 64 << 20);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), 64 << 20);
        return zip;
    }
}
