namespace CAManim.Native.Models.Onnx.Format;

/// <summary>Reads the messages of onnx.proto that a classifier needs; field numbers are those of that file.</summary>
internal static class OnnxParser
{
    private const int OldestOpset = 9;
    private const int NewestOpset = 21;

    /// <summary>Some hundred inputs are the most that a join of a network has.</summary>
    private const int MostEnds = 1 << 12;

    private static readonly Dictionary<string, OnnxAttribute> NoAttributes = [];

    public static OnnxModel Model(ReadOnlyMemory<byte> content)
    {
        long opset = 0;
        ReadOnlyMemory<byte>? graph = null;
        var functions = new List<ReadOnlyMemory<byte>>();
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 7:
                    graph = reader.Bytes();
                    break;
                case 8:
                    opset = Math.Max(opset, StandardOpset(reader.Bytes()));
                    break;
                case 14:
                    (string key, string value) = Pair(reader.Bytes());
                    metadata[key] = value;
                    break;
                case 25:
                    functions.Add(reader.Bytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (graph is null)
        {
            throw new OnnxException("no ONNX model: it holds no graph. Export the network to ONNX again");
        }

        return opset is >= OldestOpset and <= NewestOpset
            ? Graph(graph.Value, opset) with { Functions = OnnxFunctionParser.All(functions, opset), Metadata = metadata }
            : throw new OnnxException($"of operator set {opset}; read are {OldestOpset} to {NewestOpset}. Export it again (in Python: torch.onnx.export(..., opset_version=17))");
    }

    /// <summary>StringStringEntryProto.</summary>
    public static (string Key, string Value) Pair(ReadOnlyMemory<byte> content)
    {
        (string key, string value) = ("", "");
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.Text();
                    break;
                case 2:
                    value = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (key, value);
    }

    public static long StandardOpset(ReadOnlyMemory<byte> content)
    {
        string domain = "";
        long version = 0;
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    domain = reader.Text();
                    break;
                case 2:
                    version = reader.Integer();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return domain is "" or "ai.onnx" ? version : 0;
    }

    private static OnnxModel Graph(ReadOnlyMemory<byte> content, long opset)
    {
        var nodes = new List<OnnxNode>();
        var initializers = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        var inputs = new List<OnnxValue>();
        var outputs = new List<OnnxValue>();
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    nodes.Add(Node(reader.Bytes(), opset));
                    break;
                case 5:
                    OnnxTensor tensor = Tensor(reader.Bytes());
                    if (!initializers.TryAdd(tensor.Name, tensor))
                    {
                        throw new OnnxException($"damaged: it has two tensors '{tensor.Name}'");
                    }

                    break;
                case 11:
                    inputs.Add(Value(reader.Bytes()));
                    break;
                case 12:
                    outputs.Add(Value(reader.Bytes()));
                    break;
                case 15:
                    throw new OnnxException("with sparse tensors, which are not read. Export the network with dense weights");
                default:
                    reader.Skip();
                    break;
            }
        }

        // Before IR version 4 initializers stood among the inputs.
        inputs.RemoveAll(i => initializers.ContainsKey(i.Name));
        return new OnnxModel(opset, nodes, initializers, inputs, outputs);
    }

    public static OnnxNode Node(ReadOnlyMemory<byte> content, long opset)
    {
        var inputs = new List<string>();
        var outputs = new List<string>();
        Dictionary<string, OnnxAttribute>? attributes = null;
        (string name, string type, string domain) = ("", "", "");
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.Text());
                    break;
                case 2:
                    outputs.Add(reader.Text());
                    break;
                case 3:
                    name = reader.Text();
                    break;
                case 4:
                    type = reader.Text();
                    break;
                case 5:
                    (string key, OnnxAttribute attribute) = Attribute(reader.Bytes());
                    (attributes ??= new Dictionary<string, OnnxAttribute>(StringComparer.Ordinal))[key] = attribute;
                    break;
                case 7:
                    domain = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (type.Length == 0 || outputs.Count == 0 || Math.Max(inputs.Count, outputs.Count) > MostEnds)
        {
            throw new OnnxException($"damaged: it has a node '{name}' of operator '{type}' with {inputs.Count} inputs and {outputs.Count} outputs; expected are an operator, one output, and at most {MostEnds} of each");
        }

        return new OnnxNode { Name = name, Operator = type, Domain = domain == "ai.onnx" ? "" : domain, Inputs = inputs, Outputs = outputs, Attributes = attributes ?? NoAttributes, Opset = opset };
    }

    public static (string Name, OnnxAttribute Attribute) Attribute(ReadOnlyMemory<byte> content)
    {
        string name = "";
        var attribute = new OnnxAttribute();
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    attribute.Float = reader.Float();
                    break;
                case 3:
                    attribute.Integer = reader.Integer();
                    break;
                case 4:
                    attribute.Text = reader.Text();
                    break;
                case 5:
                    attribute.Tensor = Tensor(reader.Bytes());
                    break;
                case 7:
                    reader.Floats(attribute.Floats);
                    break;
                case 8:
                    reader.Integers(attribute.Integers);
                    break;
                case 21:
                    attribute.Reference = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (name, attribute);
    }

    private static OnnxTensor Tensor(ReadOnlyMemory<byte> content)
    {
        var tensor = new OnnxTensor();
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Integers(tensor.Shape);
                    break;
                case 2:
                    tensor.Type = (int)reader.Integer();
                    break;
                case 4:
                    reader.Floats(tensor.Floats);
                    break;
                case 5 or 7 or 11:
                    reader.Integers(tensor.Integers);
                    break;
                case 8:
                    tensor.Name = reader.Text();
                    break;
                case 9:
                    tensor.Raw = reader.Bytes();
                    break;
                case 10:
                    reader.Doubles(tensor.Floats);
                    break;
                case 13:
                    Place(tensor, Pair(reader.Bytes()));
                    break;
                case 14:
                    tensor.External = reader.Integer() == 1 ? tensor.External ?? new ExternalPlace() : tensor.External;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return tensor;
    }

    private static void Place(OnnxTensor tensor, (string Key, string Value) pair)
    {
        tensor.External ??= new ExternalPlace();
        switch (pair.Key)
        {
            case "location":
                tensor.External.Location = pair.Value;
                break;
            case "offset":
                tensor.External.Offset = pair.Value;
                break;
            case "length":
                tensor.External.Length = pair.Value;
                break;
        }
    }

    private static OnnxValue Value(ReadOnlyMemory<byte> content)
    {
        string name = "";
        (long[]? shape, int type) = (null, 0);
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    ReadOnlyMemory<byte> types = reader.Bytes();
                    (shape, type) = (Shape(types), ElementType(types));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OnnxValue(name, shape, type);
    }

    /// <summary>TypeProto.tensor_type.elem_type; 0 where there is none.</summary>
    private static int ElementType(ReadOnlyMemory<byte> type)
    {
        int found = 0;
        for (var reader = new ProtoReader(Find(type, 1) ?? default); reader.Next();)
        {
            if (reader.Field == 1)
            {
                found = (int)reader.Integer();
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    /// <summary>TypeProto.tensor_type.shape.dim; -1 where a dimension has no number.</summary>
    private static long[]? Shape(ReadOnlyMemory<byte> type)
    {
        if (Find(type, 1) is not { } tensor || Find(tensor, 2) is not { } shape)
        {
            return null;
        }

        var dimensions = new List<long>();
        for (var reader = new ProtoReader(shape); reader.Next();)
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            long extent = -1;
            for (var dimension = new ProtoReader(reader.Bytes()); dimension.Next();)
            {
                if (dimension.Field == 1)
                {
                    extent = Math.Max(-1, dimension.Integer());
                }
                else
                {
                    dimension.Skip();
                }
            }

            dimensions.Add(extent == 0 ? -1 : extent);
        }

        return [.. dimensions];
    }

    private static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> content, int field)
    {
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            if (reader.Field == field && reader.IsBytes)
            {
                return reader.Bytes();
            }

            reader.Skip();
        }

        return null;
    }
}
