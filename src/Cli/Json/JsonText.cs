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

    // What is read back may be a stranger's: null is taken only where a field may be null, and every field stands there once.
    private static readonly CliJson Strict = new(new JsonSerializerOptions(CliJson.Default.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    });

    /// <summary>On several lines.</summary>
    public static string Pretty<T>(T value) => Serialize(value, Indented);

    /// <summary>On one line.</summary>
    public static string Line<T>(T value) => Serialize(value, Compact);

    /// <summary>Reads what <see cref="Pretty"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else, has null where there must be a value, or a number that float32 cannot hold.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8)
    {
        CheckValues(utf8);
        return JsonSerializer.Deserialize(utf8, (JsonTypeInfo<T>)Strict.GetTypeInfo(typeof(T))!) ?? throw new JsonException("It is null.");
    }

    // What the types cannot say: members of lists are never null, and no number is infinite when it is read.
    private static void CheckValues(ReadOnlySpan<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8);
        Stack<bool> isList = [];
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    isList.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    isList.Pop();
                    break;
                case JsonTokenType.Null when isList.TryPeek(out bool inList) && inList:
                    throw new JsonException($"A list has null for a member (byte {reader.TokenStartIndex}).");
                case JsonTokenType.Number when !reader.TryGetSingle(out float value) || !float.IsFinite(value):
                    throw new JsonException($"A number is larger than float32 can hold (byte {reader.TokenStartIndex}).");
                default:
                    break;
            }
        }
    }

    private static string Serialize<T>(T value, CliJson context) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)context.GetTypeInfo(typeof(T))!);
}
