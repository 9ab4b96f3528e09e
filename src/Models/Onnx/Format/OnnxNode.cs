namespace CAManim.Native.Models.Onnx.Format;

/// <summary>A node of the graph: an operator, what it reads and what it gives.</summary>
internal sealed class OnnxNode
{
    /// <summary>More than any picture is large; what lies beyond is no network but an attempt to exhaust memory.</summary>
    private const long SettingLimit = 1 << 20;

    public required string Name { get; init; }

    public required string Operator { get; init; }

    public required string Domain { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    public required IReadOnlyList<string> Outputs { get; init; }

    public required IReadOnlyDictionary<string, OnnxAttribute> Attributes { get; init; }

    public required long Opset { get; init; }

    /// <summary>The node for messages: its name and operator.</summary>
    public string Describe() => $"node '{(Name.Length > 0 ? Name : (Outputs.Count > 0 ? Outputs[0] : ""))}' ({Operator})";

    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    public float Float(string attribute, float otherwise) => Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Float : otherwise;

    public long Integer(string attribute, long otherwise) => Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Integer : otherwise;

    public string Text(string attribute, string otherwise) => Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Text : otherwise;

    public long[]? Integers(string attribute) => Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? [.. found.Integers] : null;

    /// <summary>One number a spatial dimension, such as strides; checked, since libtorch trusts them.</summary>
    public long[]? Extents(string attribute, int count, long least)
    {
        long[]? values = Integers(attribute);
        if (values is null || values.Length == 0)
        {
            return null;
        }

        return values.Length == count && Array.TrueForAll(values, v => v >= least && v <= SettingLimit)
            ? values
            : throw Refuse($"{attribute} [{Graph.Sizes.Show(values)}]; expected are {count} numbers from {least} to {SettingLimit} (pictures have two spatial dimensions)");
    }

    /// <summary>The same node with another input.</summary>
    public OnnxNode Reading(int input, string value) => With(Name, [.. Inputs.Select((name, i) => i == input ? value : name)], Outputs, Attributes);

    /// <summary>The same operator elsewhere.</summary>
    public OnnxNode With(string name, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, IReadOnlyDictionary<string, OnnxAttribute> attributes) => new()
    {
        Name = name,
        Operator = Operator,
        Domain = Domain,
        Inputs = inputs,
        Outputs = outputs,
        Attributes = attributes,
        Opset = Opset,
    };

    /// <summary>An exception that names the node.</summary>
    public OnnxException Refuse(string what) => new($"{Describe()} has {what}.");
}
