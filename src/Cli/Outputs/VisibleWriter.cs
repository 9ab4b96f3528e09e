using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Cli.Outputs;

/// <summary>
/// Standard output and error of all commands: whatever names and messages hold, a terminal gets no control characters of strangers but line feeds and tabs.
/// JSON stays JSON: the escapes that are shown are JSON's own.
/// </summary>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    /// <summary>The terminal itself, for what draws on it.</summary>
    public TextWriter Inner => inner;

    public override System.Text.Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(VisibleText.Lines(value.ToString()));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(Clean(value));

    public override void WriteLine(string? value) => inner.WriteLine(Clean(value));

    public override void WriteLine() => inner.WriteLine();

    public override void Flush() => inner.Flush();

    // Windows breaks lines by two characters.
    private static string? Clean(string? value) => value is null ? null : VisibleText.Lines(value.Replace("\r\n", "\n", StringComparison.Ordinal));
}
