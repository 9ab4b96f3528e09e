using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Server.Live;

/// <summary>What a page must know to draw frames; sent when it opens and when it changes.</summary>
internal sealed record LiveSetup(
    string Type,
    int Version,
    string Model,
    string Source,
    string Target,
    string Method,
    string LayerSelection,
    string ColorMap,
    float Alpha,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> Classes,
    IReadOnlyList<LiveLayer> Layers,
    bool IsPaused,
    bool IsRecording,
    int RecordedFrames,
    string? Recording,
    string? Ended)
{
    private static readonly string[] LiveMethods = [.. CamMethods.All.Where(m => LiveSession.Supports(m.Method)).Select(m => m.Name)];

    public static LiveSetup Of(LiveChannel channel) => new(
        "setup",
        channel.Board.SetupVersion,
        channel.Model.Model.Name,
        channel.SourceName,
        channel.Settings.Target,
        channel.Settings.Method,
        channel.Settings.Layers,
        channel.Settings.Look.ColorMap,
        channel.Settings.Look.Alpha,
        LiveMethods,
        channel.Model.Model.ClassNames.Names,
        [.. channel.Board.Layers.Select(m => new LiveLayer(m.Name, m.ModuleClass, m.Channels, m.Height, m.Width))],
        channel.IsPaused,
        channel.Recorder.IsRecording,
        channel.Recorder.Frames,
        channel.Recorder.Finished,
        channel.Ended.IsCompletedSuccessfully ? channel.Ended.Result : channel.Ended.Exception?.InnerException?.Message);
}
