using CAManim.Native.Cli.Outputs;
using CAManim.Native.Encoding;

namespace CAManim.Native.Cli.Running;

/// <summary>Where the outputs are written before they are renamed; null for what was not asked for.</summary>
internal sealed record Destinations(string? Video, string? Maps, string? Json, string? Frames, string? BestLayer, string? ContactSheet, string? Fused, string? Report, string? Picture, string? Heatmap)
{
    /// <exception cref="IOException">A folder is missing or cannot be written.</exception>
    /// <exception cref="LibavMissingException">A video was asked for and libav is missing.</exception>
    public static Destinations Prepare(RunRequest request, OutputSet outputs)
    {
        // Before anything is computed: minutes later would be late to say so.
        if (request.Output is not null && !request.IsPicture)
        {
            Libav.Require();
        }

        return new Destinations(
            request.Output is null || request.IsPicture ? null : outputs.AddFile(request.Output),
            request.Maps is null ? null : outputs.AddFile(request.Maps),
            request.Json is null or "-" ? null : outputs.AddFile(request.Json),
            request.Frames is null ? null : outputs.AddFolder(request.Frames),
            request.BestLayer is null ? null : outputs.AddFile(request.BestLayer),
            request.ContactSheet is null ? null : outputs.AddFile(request.ContactSheet),
            request.Fused is null ? null : outputs.AddFile(request.Fused),
            request.Report is null ? null : outputs.AddFile(request.Report),
            request.IsPicture ? outputs.AddFile(request.Output!) : null,
            request.Heatmap is null ? null : outputs.AddFile(request.Heatmap));
    }
}
