namespace CAManim.Native.Cli.Options;

/// <summary>Which network, with which weights and classes, as it was asked for.</summary>
/// <param name="Model">A name, an ONNX file, or a class of an assembly.</param>
/// <param name="Weights">A file, <c>default</c> or a rule; null where the command can do without.</param>
internal sealed record NetworkRequest(string Model, string? Weights)
{
    /// <summary>Whether nothing may be downloaded.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Which weights of a file that holds several; null: the likeliest.</summary>
    public string? WeightsKey { get; init; }

    /// <summary>A file with the names of the classes, or the names; null: the network's own.</summary>
    public string? Classes { get; init; }

    /// <summary>Told what a user should know of the weights.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
