namespace CAManim.Native.Report.Pages;

/// <param name="Name">Qualified name.</param>
/// <param name="Class">Class of the module.</param>
/// <param name="Shape">Shape of the output, or null.</param>
/// <param name="Parameters">Parameters.</param>
/// <param name="Milliseconds">Time of the forward call.</param>
/// <param name="Reason">Why there is no map, or null.</param>
internal sealed record CallPart(string Name, string Class, IReadOnlyList<long>? Shape, long Parameters, double Milliseconds, string? Reason);
