using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;
using SkiaSharp;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>What is shown under maps, pictures of one layer, and which values of a picture count.</summary>
public sealed class PictureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A picture of 48x40 in a network of 32x32: cells of the sheet have its own aspect, or are square.</summary>
    [Theory]
    [InlineData("original", 107)]
    [InlineData("input", 128)]
    public void Maps_are_shown_over_the_picture_in_its_own_aspect_or_over_the_input(string show, int height)
    {
        JsonElement report = Small("--show", show, "--layers", "layer3", "--contact-sheet", _folder.Out("sheet.png"), "--norm", "local", "--json", "-").Succeeded().Json;
        Assert.Equal(show, report.GetProperty("input").GetProperty("show").GetString());
        Assert.Equal((40, 48), (report.GetProperty("input").GetProperty("picture").GetProperty("height").GetInt32(), report.GetProperty("input").GetProperty("picture").GetProperty("width").GetInt32()));
        using SKBitmap sheet = SKBitmap.Decode(_folder.Out("sheet.png"));

        // The sheet's header and colour bar, a line of text, and a gap above and below.
        Assert.Equal((12 + 128 + 12, 30 + 12 + 16 + height + 12), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void One_layer_is_a_picture_of_the_pictures_size()
    {
        ToolResult result = Small("--layers", "layer3", "--output", _folder.Out("one.png"), "--heatmap", _folder.Out("heat.png")).Succeeded();
        Assert.Contains("one.png", result.Output, StringComparison.Ordinal);
        Assert.Equal(["heat.png", "one.png"], _folder.Outputs);
        using SKBitmap one = SKBitmap.Decode(_folder.Out("one.png"));
        using SKBitmap heat = SKBitmap.Decode(_folder.Out("heat.png"));
        Assert.Equal((48, 40, 48, 40), (one.Width, one.Height, heat.Width, heat.Height));
        Assert.Contains((byte)255, heat.Pixels.Select(p => p.Alpha));
        Assert.Contains((byte)0, heat.Pixels.Select(p => p.Alpha));
    }

    [Fact]
    public void Several_layers_or_targets_are_no_picture_of_one()
    {
        Small("--layers", "layer3.*", "--output", _folder.Out("one.png")).Failed(2, "one layer", "--layers layer3.*", "--contact-sheet");
        Small("--layers", "layer3", "--target", "dog", "--target", "cat", "--heatmap", _folder.Out("one.png")).Failed(2, "one target", "2 were given");
        Small("--layers", "layer3", "--heatmap", _folder.Out("one.jpg")).Failed(2, ".png");
        Assert.Empty(_folder.Outputs);
    }

    [Fact]
    public void What_crop_cut_off_stands_in_report_and_page()
    {
        JsonElement report = Small("--resize", "crop", "--layers", "layer3", "--report", _folder.Out("a.html"), "--maps", _folder.Out("a.safetensors"), "--json", _folder.Out("a.json")).Succeeded() is not null
            ? JsonDocument.Parse(File.ReadAllBytes(_folder.Out("a.json"))).RootElement : default;
        double[] seen = [.. report.GetProperty("input").GetProperty("picture").GetProperty("seen").EnumerateArray().Select(v => v.GetDouble())];

        // The shorter side becomes 32, the longer 38, of which 32 are kept.
        Assert.Equal([3 / 38.0, 0, 32 / 38.0, 1], seen);
        JsonElement page = Page("a.html");
        Assert.Equal((48, 40), (page.GetProperty("width").GetInt32(), page.GetProperty("height").GetInt32()));
        Assert.Equal(4, page.GetProperty("seen").GetArrayLength());

        // The page of the files is the page of the run.
        Tool.Run("report", _folder.Out("a.json"), "--output", _folder.Out("b.html")).Succeeded();
        Assert.Equal(Page("a.html").GetRawText(), Page("b.html").GetRawText());
    }

    [Fact]
    public void Sixteen_bits_are_said_and_a_window_is_taken()
    {
        byte[] png = DeepPng();
        string file = _folder.Write("deep.png", png);
        ToolResult auto = Tool.Run("predict", "-m", "cifar10_resnet20", "-w", "rule:camanim", "--image", file, "--json").Succeeded();
        Assert.Contains("0 to 4095 (12 bits)", Assert.Single(auto.Error.Split('\n'), l => l.StartsWith("note: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        JsonElement picture = auto.Json.GetProperty("input").GetProperty("picture");
        Assert.Equal((16, "auto", 4095.0), (picture.GetProperty("bitsPerSample").GetInt32(), picture.GetProperty("range").GetString(), picture.GetProperty("white").GetDouble()));
        ToolResult window = Tool.Run("predict", "-m", "cifar10_resnet20", "-w", "rule:camanim", "--image", file, "--range", "0:4095", "--json").Succeeded();
        Assert.Equal(Logits(auto), Logits(window));
        ToolResult full = Tool.Run("predict", "-m", "cifar10_resnet20", "-w", "rule:camanim", "--image", file, "--range", "full", "--json").Succeeded();
        Assert.NotEqual(Logits(auto), Logits(full));
        Tool.Run("predict", "-m", "cifar10_resnet20", "-w", "rule:camanim", "--image", file, "--range", "9:1").Failed(2, "9:1", "above the first");
    }

    [Fact]
    public void Means_of_0_to_255_are_refused_with_what_they_would_be() =>
        Small("--mean", "123.675,116.28,103.53", "--json", "-").Failed(2, "0 to 255", "--mean 0.485,0.456,0.406");

    [Fact]
    public void A_large_input_is_said_beforehand()
    {
        ToolResult result = Small("--size", "256", "--layers", "layer3", "--json", "-").Succeeded();
        string note = Assert.Single(result.Error.Split('\n'), l => l.StartsWith("note: ", StringComparison.Ordinal));
        Assert.Contains("256x256 pixels, 64 times the network's own 32x32", note, StringComparison.Ordinal);
        Assert.Contains("for the maps", note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_width_is_kept()
    {
        Video.Require();
        JsonElement report = Small("--layers", "layer3", "--width", "700", "--output", _folder.Out("a.mkv"), "--json", "-").Succeeded().Json;
        Assert.InRange(report.GetProperty("outputs").GetProperty("video").GetProperty("width").GetInt32(), 680, 700);
        Small("--width", "700", "--scale", "2", "--output", _folder.Out("b.mkv")).Failed(2, "--scale and --width");
        Small("--width", "7", "--output", _folder.Out("b.mkv")).Failed(2, "--width 7");
    }

    private static string Logits(ToolResult result) => result.Json.GetProperty("logits").GetRawText();

    private ToolResult Small(params string[] more) => Tool.RunSmall(_folder, more);

    private JsonElement Page(string name)
    {
        string html = File.ReadAllText(_folder.Out(name));
        const string Start = "id=\"report\">";
        int at = html.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return JsonDocument.Parse(html[at..html.IndexOf("</script>", at, StringComparison.Ordinal)]).RootElement.GetProperty("picture");
    }

    // 32x32 grey values up to 4091 in 16 bits.
    private static byte[] DeepPng()
    {
        using MemoryStream rows = new();
        for (int y = 0; y < 32; y++)
        {
            rows.WriteByte(0);
            for (int x = 0; x < 32; x++)
            {
                int value = (((x * 31) + (y * 97)) * 37) % 4092;
                rows.WriteByte((byte)(value >> 8));
                rows.WriteByte((byte)value);
            }
        }

        using MemoryStream packed = new();
        using (System.IO.Compression.ZLibStream zlib = new(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(rows.ToArray());
        }

        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR", [0, 0, 0, 32, 0, 0, 0, 32, 16, 0, 0, 0, 0]), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];

        static byte[] Chunk(string type, byte[] content)
        {
            byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(type), .. content];
            uint sum = BrokenPictures.Crc32(named);
            return [0, 0, (byte)(content.Length >> 8), (byte)content.Length, .. named, (byte)(sum >> 24), (byte)(sum >> 16), (byte)(sum >> 8), (byte)sum];
        }
    }
}
