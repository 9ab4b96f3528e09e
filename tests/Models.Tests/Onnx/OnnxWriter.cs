using System.Runtime.InteropServices;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Writes a small ONNX model: nodes one after the other, constants, one input and one output.</summary>
internal sealed class OnnxWriter
{
    private readonly ProtoWriter _graph = new();
    private readonly ProtoWriter _more = new();
    private readonly List<ProtoWriter> _nodes = [];
    private readonly long _opset;

    public OnnxWriter(long opset = 17) => _opset = opset;

    public OnnxWriter Input(params long[] shape)
    {
        _graph.Message(11, Value("x", 1, shape));
        return this;
    }

    /// <summary>The input, of an element type.</summary>
    public OnnxWriter InputOf(long type, params long[] shape)
    {
        _graph.Message(11, Value("x", type, shape));
        return this;
    }

    /// <summary>An output of integers.</summary>
    public OnnxWriter Label(string name, params long[] shape)
    {
        _graph.Message(12, Value(name, 7, shape));
        return this;
    }

    public OnnxWriter Metadata(string key, string value)
    {
        _more.Message(14, new ProtoWriter().Text(1, key).Text(2, value));
        return this;
    }

    /// <summary>An operator of the file's own: its nodes are those of <paramref name="body"/>.</summary>
    public OnnxWriter Function(string domain, string name, string inputs, string outputs, OnnxWriter body)
    {
        var function = new ProtoWriter().Text(1, name).Text(10, domain);
        foreach (string input in inputs.Split(','))
        {
            function.Text(4, input);
        }

        foreach (string output in outputs.Split(','))
        {
            function.Text(5, output);
        }

        foreach (ProtoWriter node in body._nodes)
        {
            function.Message(7, node);
        }

        _more.Message(25, function.Message(9, new ProtoWriter().Text(1, "").Integer(2, _opset)));
        return this;
    }

    /// <summary>A tensor whose values lie beside the file.</summary>
    public OnnxWriter External(string name, string location, long offset, long length, params long[] shape)
    {
        ProtoWriter Pair(string key, string value) => new ProtoWriter().Text(1, key).Text(2, value);
        return Tensor(Tensor(name, 1, shape).Message(13, Pair("location", location)).Message(13, Pair("offset", $"{offset}")).Message(13, Pair("length", $"{length}")).Integer(14, 1));
    }

    public OnnxWriter Output(string name = "y", params long[] shape)
    {
        _graph.Message(12, Value(name, 1, shape));
        return this;
    }

    public OnnxWriter Floats(string name, float[] values, params long[] shape)
    {
        _graph.Message(5, Tensor(name, 1, shape).Bytes(9, MemoryMarshal.AsBytes<float>(values).ToArray()));
        return this;
    }

    public OnnxWriter Integers(string name, long[] values, params long[] shape)
    {
        _graph.Message(5, Tensor(name, 7, shape.Length == 0 ? [values.Length] : shape).Bytes(9, MemoryMarshal.AsBytes<long>(values).ToArray()));
        return this;
    }

    public OnnxWriter Tensor(ProtoWriter tensor)
    {
        _graph.Message(5, tensor);
        return this;
    }

    /// <param name="type">Operator.</param>
    /// <param name="inputs">Names with commas; empty names are absent inputs.</param>
    /// <param name="outputs">Names with commas.</param>
    /// <param name="attributes">long, float, string, long[] or a tensor.</param>
    public OnnxWriter Node(string type, string inputs, string outputs, params (string Name, object Value)[] attributes) => Node($"/{outputs.Split(',')[0]}/{type}", type, inputs, outputs, attributes);

    public OnnxWriter Node(string name, string type, string inputs, string outputs, (string Name, object Value)[] attributes, string domain = "")
    {
        var node = new ProtoWriter();
        foreach (string input in inputs.Length == 0 ? [] : inputs.Split(','))
        {
            node.Text(1, input);
        }

        foreach (string output in outputs.Split(','))
        {
            node.Text(2, output);
        }

        node.Text(3, name).Text(4, type).Text(7, domain);
        foreach ((string key, object value) in attributes)
        {
            node.Message(5, Attribute(key, value));
        }

        _graph.Message(1, node);
        _nodes.Add(node);
        return this;
    }

    /// <summary>The same field of the graph many times.</summary>
    public OnnxWriter Fields(int field, int count, byte[] value)
    {
        for (int i = 0; i < count; i++)
        {
            _graph.Bytes(field, value);
        }

        return this;
    }

    public byte[] Content() => new ProtoWriter().Integer(1, 8).Message(7, _graph).Message(8, new ProtoWriter().Text(1, "").Integer(2, _opset)).Raw(_more).Content;

    /// <summary>Within a function: an attribute of its call.</summary>
    public sealed record Reference(string Name);

    public static ProtoWriter Tensor(string name, long type, params long[] shape)
    {
        var tensor = new ProtoWriter();
        foreach (long extent in shape)
        {
            tensor.Integer(1, extent);
        }

        return tensor.Integer(2, type).Text(8, name);
    }

    private static ProtoWriter Attribute(string name, object value)
    {
        ProtoWriter attribute = new ProtoWriter().Text(1, name);
        switch (value)
        {
            case int or long:
                return attribute.Integer(3, Convert.ToInt64(value)).Integer(20, 2);
            case float number:
                return attribute.Float(2, number).Integer(20, 1);
            case string text:
                return attribute.Text(4, text).Integer(20, 3);
            case Reference reference:
                return attribute.Text(21, reference.Name).Integer(20, 2);
            case ProtoWriter tensor:
                return attribute.Message(5, tensor).Integer(20, 4);
            default:
                foreach (long each in (long[])value)
                {
                    attribute.Integer(8, each);
                }

                return attribute.Integer(20, 7);
        }
    }

    private static ProtoWriter Value(string name, long type, long[] shape)
    {
        var dimensions = new ProtoWriter();
        foreach (long extent in shape)
        {
            dimensions.Message(1, extent > 0 ? new ProtoWriter().Integer(1, extent) : new ProtoWriter().Text(2, "N"));
        }

        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, new ProtoWriter().Integer(1, type).Message(2, dimensions)));
    }
}
