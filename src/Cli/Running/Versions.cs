using System.Reflection;
using CAManim.Native.Cli.Json;
using CAManim.Native.Encoding;
using TorchSharp;

namespace CAManim.Native.Cli.Running;

/// <summary>What made a result.</summary>
internal static class Versions
{
    /// <summary>This tool's version.</summary>
    public static string Tool { get; } = InformationalOf(typeof(Versions).Assembly);

    /// <summary>TorchSharp's version.</summary>
    public static string TorchSharp => InformationalOf(typeof(torch).Assembly);

    /// <param name="withLibav">Whether libav was used; asking for its version loads it.</param>
    public static VersionReport Collect(bool withLibav) => new(
        Tool,
        Environment.Version.ToString(),
        torch.__version__,
        TorchSharp,
        withLibav ? Libav.Report().Version : null,
        ProcessorSummary.Here());

    private static string InformationalOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version!.ToString();
        return version.Split('+')[0];
    }
}
