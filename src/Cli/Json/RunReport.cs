using CAManim.Native.Cli.Options;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Cli.Json;

/// <summary>What <c>run --json</c> writes.</summary>
internal sealed record RunReport
{
    public required string Model { get; init; }

    public required string Weights { get; init; }

    public required InputReport Input { get; init; }

    public required string Method { get; init; }

    public required string Layers { get; init; }

    public required string Order { get; init; }

    public required string Compat { get; init; }

    /// <summary>Channels of a layer that were looked at, of a method that runs the network for each; null for all.</summary>
    public required int? ChannelLimit { get; init; }

    /// <summary>What the method takes, with its values; null in the report of a version that had none.</summary>
    public IReadOnlyList<MethodSetting>? MethodOptions { get; init; }

    /// <summary>Whether maps are means over versions of the picture.</summary>
    public bool AugSmooth { get; init; }

    /// <summary>Whether maps are principal components of their summands.</summary>
    public bool EigenSmooth { get; init; }

    /// <summary>What the network computed in; reports of versions that knew one had f32.</summary>
    public string Precision { get; init; } = Choice.NameOf(Engine.Precision.Float32);

    /// <summary>How activations lay in memory; older reports had one way.</summary>
    public string MemoryFormat { get; init; } = Choice.NameOf(Engine.MemoryFormat.Contiguous);

    /// <summary>How the maps of all layers became the one of <c>outputs.fused</c>; null where they did not.</summary>
    public string? Fuse { get; init; }

    public required ulong Seed { get; init; }

    public required TargetReport Target { get; init; }

    /// <summary>Score of the target's class by <see cref="Activation"/>.</summary>
    public required float? Probability { get; init; }

    /// <summary>How outputs became scores: softmax, sigmoid or none; older reports had one way.</summary>
    public string Activation { get; init; } = Choice.NameOf(ScoreActivation.Softmax);

    /// <summary>Why that is no softmax, where nobody asked for it.</summary>
    public string? ActivationReason { get; init; }

    /// <summary>What must be known before the maps are believed; null in the report of a version that said nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public required IReadOnlyList<ClassScore> Top5 { get; init; }

    public required RunTotals Totals { get; init; }

    public required RunOutputs Outputs { get; init; }

    public required RunElapsed ElapsedMilliseconds { get; init; }

    public required VersionReport Versions { get; init; }

    public required IReadOnlyList<FrameReport> Frames { get; init; }

    /// <summary>The targets after the first, which the fields above are about; empty for one.</summary>
    public required IReadOnlyList<TargetDetails> OtherTargets { get; init; }
}
