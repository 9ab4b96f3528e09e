using CAManim.Native.Cli.Json;
using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Running;

/// <summary>What <c>ybroad</c> found.</summary>
/// <param name="Model">Name of the network.</param>
/// <param name="Input">What went into it.</param>
/// <param name="Series">One a method and target.</param>
internal sealed record YbRoadOutcome(string Model, InputReport Input, IReadOnlyList<YbRoadSeries> Series)
{
    /// <summary>A series as tables and plots call it: target, and the method where there are several.</summary>
    public string NameOf(YbRoadSeries series) =>
        Series.Select(s => s.Method).Distinct().Count() == 1 ? series.TargetName : $"{series.TargetName}, {CamMethods.NameOf(series.Method)}";
}
