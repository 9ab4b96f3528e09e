using CAManim.Native.Cli.Options;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Json;

/// <summary>What a method was told, or would be told if nothing was said.</summary>
/// <param name="Name">Name of the <c>--method-option</c>.</param>
/// <param name="Value">Its value.</param>
internal sealed record MethodSetting(string Name, string Value)
{
    /// <summary>All that a method takes, with the values of a run.</summary>
    public static IReadOnlyList<MethodSetting> Of(CamMethod method, CamOptions options) =>
        [.. MethodOption.Of(method).Select(o => new MethodSetting(o.Name, o.Show(options, method)))];
}
