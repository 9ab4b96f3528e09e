using System.Text.Json;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Kernels.Texts;
using CAManim.Native.Models.Tests.Weights;
using Spectre.Console;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>Names of strangers: a terminal shows their control characters, and obeys none.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("a\u0007\r\u007f", "a\\u0007\\u000d\\u007f")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("\u2066x\u2069\u061c\u2028", "\\u2066x\\u2069\\u061c\\u2028")]
    [InlineData("Grün 猫 ישן e\u0301", "Grün 猫 ישן e\u0301")]
    public void Control_is_shown(string name, string shown)
    {
        Assert.Equal(shown, VisibleText.Line(name));
        using StringWriter terminal = new() { NewLine = "\n" };
        using VisibleWriter writer = new(terminal);
        writer.Write(name);
        writer.Write(name.AsSpan());
        writer.Write(name.ToCharArray());
        writer.WriteLine($"{name}\t1\r\nnext");
        Assert.Equal($"{shown}{shown}{shown}{shown}\t1\nnext\n", terminal.ToString());
        Assert.Equal(shown + "\\u000a", VisibleText.Line(name + "\n"));
    }

    [Fact]
    public void What_is_harmless_is_not_copied()
    {
        string name = "layer1.0.conv1";
        Assert.Same(name, VisibleText.Line(name));
        Assert.Same(name, VisibleText.Lines(name));
    }

    [Fact]
    public void Json_stays_json()
    {
        const string Name = "a\u202eb\u009bc\u2028d";
        using StringWriter terminal = new();
        using VisibleWriter writer = new(terminal);
        writer.WriteLine($"{{\n  \"name\": \"{Name}\"\n}}");
        Assert.Equal(Name, JsonDocument.Parse(terminal.ToString()).RootElement.GetProperty("name").GetString());
        Assert.DoesNotContain('\u202e', terminal.ToString());
    }

    [Fact]
    public void A_table_has_a_line_for_each_row()
    {
        using StringWriter terminal = new();
        using VisibleWriter writer = new(terminal);
        Table table = new Table().Border(TableBorder.Simple).AddColumn("layer");
        table.AddRow(Tables.Cell("a\nb[red]\u001b[31m"));
        Tables.Open(writer).Write(table);
        Assert.Contains("a\\u000ab[red]\\u001b[31m", terminal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', terminal.ToString());
    }

    [Fact]
    public void A_pickles_names_in_a_message()
    {
        byte[] pickle = PickleWriter.Of(w => w.Global("os", "\u001b]0;pwned\u0007system").Op(")R"));
        string path = _folder.Write("esc.pth", WeightFiles.Zip(System.IO.Compression.CompressionLevel.NoCompression, [("archive/data.pkl", pickle), ("archive/version", "3\n"u8.ToArray())]));
        ToolResult result = Tool.Run("predict", "-m", "cifar10_resnet20", "-w", path, "-i", _folder.Picture());
        result.Failed(1, "os.\\u001b]0;pwned\\u0007system");
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Fact]
    public void An_argument_in_a_message()
    {
        ToolResult result = Tool.Run("run", "-m", "res\u001b[2Jnet", "-w", "default", "-i", "a.png", "--json", "-");
        result.Failed(2, "res\\u001b[2Jnet");
    }
}
