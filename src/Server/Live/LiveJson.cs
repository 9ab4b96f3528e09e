using System.Text.Json;

namespace CAManim.Native.Server.Live;

/// <summary>JSON between server and page.</summary>
internal static class LiveJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}
