using CAManim.Native.Cli.Doctor;

namespace CAManim.Native.Cli.Json;

/// <summary>What <c>doctor --json</c> prints.</summary>
internal sealed record DoctorReport(bool Healthy, IReadOnlyList<Finding> Findings, ProcessorTable? Processor);
