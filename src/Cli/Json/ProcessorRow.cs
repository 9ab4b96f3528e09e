using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Cli.Json;

/// <summary>A case on a rung; the error is null where a value was not finite or the process died.</summary>
internal sealed record ProcessorRow(string Rung, string Type, string Case, double? Error, double Limit, string Where, bool Right)
{
    /// <summary>Of a case.</summary>
    public static ProcessorRow From(ProcessorRung rung, ProcessorCase of) =>
        new(ProcessorSummary.Of(rung), of.Type, of.Name, double.IsFinite(of.Error) ? of.Error : null, of.Limit, of.Where, of.IsRight);
}
