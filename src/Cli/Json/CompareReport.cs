namespace CAManim.Native.Cli.Json;

/// <summary>What <c>compare --json</c> writes.</summary>
internal sealed record CompareReport
{
    public required string Model { get; init; }

    public required string Weights { get; init; }

    public required InputReport Input { get; init; }

    public required string Layers { get; init; }

    public required string Order { get; init; }

    public required string Compat { get; init; }

    public required bool AugSmooth { get; init; }

    public required bool EigenSmooth { get; init; }

    public required string Precision { get; init; }

    public required string MemoryFormat { get; init; }

    public required ulong Seed { get; init; }

    public required IReadOnlyList<TargetReport> Targets { get; init; }

    /// <summary>How outputs became scores: softmax, sigmoid or none.</summary>
    public required string Activation { get; init; }

    /// <summary>Why that is no softmax, where nobody asked for it.</summary>
    public required string? ActivationReason { get; init; }

    /// <summary>What must be known before the maps are believed.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Number of frames of the video: the layers that all series have.</summary>
    public required int Frames { get; init; }

    /// <summary>The grid's columns.</summary>
    public required IReadOnlyList<CompareColumn> Columns { get; init; }

    /// <summary>What is drawn in the picture; empty where that is not known.</summary>
    public required IReadOnlyList<CompareObject> Objects { get; init; }

    /// <summary>The grid's rows: a method and a target each.</summary>
    public required IReadOnlyList<CompareSeries> Series { get; init; }

    public required CompareFiles Outputs { get; init; }

    public required RunElapsed ElapsedMilliseconds { get; init; }

    public required VersionReport Versions { get; init; }
}
