namespace CAManim.Native.Server.Hosting;

/// <summary>What <c>/health</c> answers.</summary>
internal sealed record HealthReport(string Status, string Model);
