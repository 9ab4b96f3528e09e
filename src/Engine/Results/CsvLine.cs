namespace CAManim.Native.Engine.Results;

/// <summary>Lines of CSV (RFC 4180).</summary>
internal static class CsvLine
{
    /// <summary>Writes fields, quoted where they have to be, and CR LF.</summary>
    public static void Write(TextWriter writer, IEnumerable<string> fields)
    {
        writer.Write(string.Join(',', fields.Select(Quote)));
        writer.Write("\r\n");
    }

    /// <summary>A field as it stands in a line.</summary>
    public static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
