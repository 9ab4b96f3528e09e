namespace CAManim.Native.Models.Onnx.Format;

/// <summary>Reads FunctionProto: operators that the file defines itself.</summary>
internal static class OnnxFunctionParser
{
    public static Dictionary<(string Domain, string Name), OnnxFunction> All(IEnumerable<ReadOnlyMemory<byte>> contents, long opset)
    {
        var functions = new Dictionary<(string, string), OnnxFunction>();
        foreach (ReadOnlyMemory<byte> content in contents)
        {
            (string domain, string name, OnnxFunction function) = Function(content, opset);
            if (!functions.TryAdd((domain, name), function))
            {
                throw new OnnxException($"damaged: it defines '{name}' of '{domain}' twice");
            }
        }

        return functions;
    }

    private static (string Domain, string Name, OnnxFunction Function) Function(ReadOnlyMemory<byte> content, long opset)
    {
        (string domain, string name) = ("", "");
        (List<string> inputs, List<string> outputs, List<ReadOnlyMemory<byte>> nodes) = ([], [], []);
        var defaults = new Dictionary<string, OnnxAttribute>(StringComparer.Ordinal);
        long own = 0;
        for (var reader = new ProtoReader(content); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 4:
                    inputs.Add(reader.Text());
                    break;
                case 5:
                    outputs.Add(reader.Text());
                    break;
                case 7:
                    nodes.Add(reader.Bytes());
                    break;
                case 9:
                    own = Math.Max(own, OnnxParser.StandardOpset(reader.Bytes()));
                    break;
                case 10:
                    domain = reader.Text();
                    break;
                case 11:
                    (string key, OnnxAttribute attribute) = OnnxParser.Attribute(reader.Bytes());
                    defaults[key] = attribute;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (domain == "ai.onnx" ? "" : domain, name, new OnnxFunction(inputs, outputs, defaults, [.. nodes.Select(n => OnnxParser.Node(n, own > 0 ? own : opset))]));
    }
}
