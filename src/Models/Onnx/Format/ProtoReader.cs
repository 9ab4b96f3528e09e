using System.Buffers.Binary;
using System.Text;

namespace CAManim.Native.Models.Onnx.Format;

/// <summary>Fields of one protobuf message, one after the other. Every length is checked against what is left; nothing is allocated but text.</summary>
internal struct ProtoReader
{
    private const int VarintBytes = 10;

    private readonly ReadOnlyMemory<byte> _content;
    private int _position;
    private int _wireType;

    public ProtoReader(ReadOnlyMemory<byte> content) => _content = content;

    /// <summary>Number of the field that <see cref="Next"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field's value has a length: a message, text, bytes or packed numbers.</summary>
    public readonly bool IsBytes => _wireType == 2;

    /// <summary>Goes to the next field; its value must then be read or skipped.</summary>
    public bool Next()
    {
        if (_position >= _content.Length)
        {
            return false;
        }

        ulong tag = Varint();
        Field = tag >> 3 is > 0 and <= 536_870_911 ? (int)(tag >> 3) : throw Damaged($"field number {tag >> 3}");
        _wireType = (int)(tag & 7);
        return _wireType is 0 or 1 or 2 or 5 ? true : throw Damaged($"wire type {_wireType}");
    }

    public long Integer() => _wireType == 0 ? (long)Varint() : throw Damaged($"field {Field} of wire type {_wireType} in the place of an integer");

    public float Float() => _wireType == 5 ? BinaryPrimitives.ReadSingleLittleEndian(Take(4).Span) : throw Damaged($"field {Field} of wire type {_wireType} in the place of a float");

    public double Double() => _wireType == 1 ? BinaryPrimitives.ReadDoubleLittleEndian(Take(8).Span) : throw Damaged($"field {Field} of wire type {_wireType} in the place of a double");

    public ReadOnlyMemory<byte> Bytes()
    {
        if (_wireType != 2)
        {
            throw Damaged($"field {Field} of wire type {_wireType} in the place of bytes");
        }

        ulong length = Varint();
        return length <= (ulong)(_content.Length - _position) ? Take((int)length) : throw Damaged($"field {Field} of {length} bytes where {_content.Length - _position} are left");
    }

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    /// <summary>Adds an integer, or a packed run of them.</summary>
    public void Integers(List<long> values)
    {
        if (!IsBytes)
        {
            values.Add(Integer());
            return;
        }

        for (var packed = new ProtoReader(Bytes()); packed._position < packed._content.Length;)
        {
            values.Add((long)packed.Varint());
        }
    }

    /// <summary>Adds a float, or a packed run of them.</summary>
    public void Floats(List<float> values)
    {
        if (!IsBytes)
        {
            values.Add(Float());
            return;
        }

        for (var packed = new ProtoReader(Bytes()); packed._position < packed._content.Length;)
        {
            values.Add(BinaryPrimitives.ReadSingleLittleEndian(packed.Take(4).Span));
        }
    }

    /// <summary>Adds a double, or a packed run of them, as floats.</summary>
    public void Doubles(List<float> values)
    {
        if (!IsBytes)
        {
            values.Add((float)Double());
            return;
        }

        for (var packed = new ProtoReader(Bytes()); packed._position < packed._content.Length;)
        {
            values.Add((float)BinaryPrimitives.ReadDoubleLittleEndian(packed.Take(8).Span));
        }
    }

    public void Skip()
    {
        switch (_wireType)
        {
            case 0:
                Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes();
                break;
            default:
                Take(4);
                break;
        }
    }

    private static OnnxException Damaged(string what) => new($"damaged: it has a {what}");

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > _content.Length - _position)
        {
            throw Damaged($"value of {length} bytes where {_content.Length - _position} are left");
        }

        ReadOnlyMemory<byte> taken = _content.Slice(_position, length);
        _position += length;
        return taken;
    }

    private ulong Varint()
    {
        ReadOnlySpan<byte> content = _content.Span;
        ulong value = 0;
        for (int i = 0; i < VarintBytes && _position < content.Length; i++)
        {
            byte b = content[_position++];
            value |= (ulong)(b & 127) << (7 * i);
            if (b < 128)
            {
                return value;
            }
        }

        throw Damaged("number that does not end");
    }
}
