using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Running;

/// <summary>What <c>evaluate</c> was asked for.</summary>
internal sealed record EvaluateRequest
{
    /// <summary>Where the network runs: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    public required string Model { get; init; }

    public required string Weights { get; init; }

    public required int Scenes { get; init; }

    public required uint Seed { get; init; }

    public required IReadOnlyList<CamMethod> Methods { get; init; }

    /// <summary>Objects in a scene.</summary>
    public required int Objects { get; init; }

    /// <summary>Whether every layer is scored by ROAD too, and the layer that it chooses compared with the final one.</summary>
    public bool ByRoad { get; init; }

    public string? Csv { get; init; }

    /// <summary>A line a method and object, of the choice by ROAD.</summary>
    public string? RoadCsv { get; init; }

    public string? Plot { get; init; }
}
