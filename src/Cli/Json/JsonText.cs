using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CAManim.Native.Cli.Json;

/// <summary>Reports as text.</summary>
internal static class JsonText
{
    // Names of classes and layers are for people: no \u escapes where JSON needs none.
    private static readonly CliJson Indented = new(new JsonSerializerOptions(CliJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly CliJson Compact = new(new JsonSerializerOptions(Indented.Options) { WriteIndented = false });

    /// <summary>On several lines.</summary>
    public static string Pretty<T>(T value) => Serialize(value, Indented);

    /// <summary>On one line.</summary>
    public static string Line<T>(T value) => Serialize(value, Compact);

    /// <summary>Reads what <see cref="Pretty"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize(text, (JsonTypeInfo<T>)Indented.GetTypeInfo(typeof(T))!)
        ?? throw new JsonException("It is null.");

    private static string Serialize<T>(T value, CliJson context) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)context.GetTypeInfo(typeof(T))!);
}
