using CAManim.Native.Cli.Json;

namespace CAManim.Native.Cli.Running;

/// <summary>What <c>ybroad</c> found.</summary>
/// <param name="Model">Name of the network.</param>
/// <param name="Input">What went into it.</param>
/// <param name="Series">One a target.</param>
internal sealed record YbRoadOutcome(string Model, InputReport Input, IReadOnlyList<YbRoadSeries> Series);
