namespace CAManim.Native.Cli.Json;

/// <summary>What <c>predict --json</c> prints.</summary>
internal sealed record PredictReport
{
    public required string Model { get; init; }

    public required string Weights { get; init; }

    public required InputReport Input { get; init; }

    /// <summary>How outputs became scores: softmax, sigmoid or none.</summary>
    public required string Activation { get; init; }

    /// <summary>Why that is no softmax, where nobody asked for it.</summary>
    public required string? ActivationReason { get; init; }

    public required IReadOnlyList<ClassScore> Top { get; init; }

    public required IReadOnlyList<float?> Logits { get; init; }

    public required double ElapsedMilliseconds { get; init; }

    public required VersionReport Versions { get; init; }
}
