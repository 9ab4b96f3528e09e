using System.Buffers.Binary;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>Writes pickle instructions, good and hostile ones, for tests.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public static byte[] Of(Action<PickleWriter> write)
    {
        var writer = new PickleWriter();
        writer.Raw(0x80, 2);
        write(writer);
        writer.Raw((byte)'.');
        return [.. writer._bytes];
    }

    public PickleWriter Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Op(string codes) => Raw(System.Text.Encoding.Latin1.GetBytes(codes));

    public PickleWriter Text(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return Op("X").Raw(length).Raw(bytes);
    }

    public PickleWriter Number(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8A, 8).Raw(bytes);
    }

    public PickleWriter Numbers(params long[] values)
    {
        Op("(");
        foreach (long value in values)
        {
            Number(value);
        }

        return Op("t");
    }

    public PickleWriter Global(string module, string name) => Op($"c{module}\n{name}\n");

    /// <summary>A tensor as torch.save writes it.</summary>
    public PickleWriter Tensor(string storageKey, long storageCount, long offset, long[] shape, long[] stride, string storageType = "FloatStorage", bool old = false)
    {
        Global("torch._utils", old ? "_rebuild_tensor" : "_rebuild_tensor_v2").Op("(");
        Op("(").Text("storage").Global("torch", storageType).Text(storageKey).Text("cpu").Number(storageCount);
        Op(old ? "N" : "").Op("tQ").Number(offset).Numbers(shape).Numbers(stride);
        if (!old)
        {
            Raw(0x89).Global("collections", "OrderedDict").Op(")R");
        }

        return Op("tR");
    }

    /// <summary>An OrderedDict of one tensor.</summary>
    public PickleWriter StateDict(string key, Action<PickleWriter> value)
    {
        Global("collections", "OrderedDict").Op(")R(").Text(key);
        value(this);
        return Op("u");
    }
}
