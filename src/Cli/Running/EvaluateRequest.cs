using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Running;

/// <summary>What <c>evaluate</c> was asked for.</summary>
internal sealed record EvaluateRequest
{
    public required string Model { get; init; }

    public required string Weights { get; init; }

    public required int Scenes { get; init; }

    public required uint Seed { get; init; }

    public required IReadOnlyList<CamMethod> Methods { get; init; }

    /// <summary>Objects in a scene.</summary>
    public required int Objects { get; init; }

    public string? Csv { get; init; }

    public string? Plot { get; init; }
}
