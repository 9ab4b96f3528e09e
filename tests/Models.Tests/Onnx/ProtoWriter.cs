using System.Text;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Writes protobuf fields.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _content = [];

    public byte[] Content => [.. _content];

    public ProtoWriter Integer(int field, long value) => Varint((ulong)field << 3).Varint((ulong)value);

    public ProtoWriter Float(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        _content.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public ProtoWriter Bytes(int field, byte[] value)
    {
        Varint(((ulong)field << 3) | 2).Varint((ulong)value.Length);
        _content.AddRange(value);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Message(int field, ProtoWriter value) => Bytes(field, value.Content);

    /// <summary>Fields of another message.</summary>
    public ProtoWriter Raw(ProtoWriter fields)
    {
        _content.AddRange(fields._content);
        return this;
    }

    private ProtoWriter Varint(ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            _content.Add((byte)(value | 128));
        }

        _content.Add((byte)value);
        return this;
    }
}
