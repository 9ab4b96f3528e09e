using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Build;

/// <summary>What is shipped of others has an entry, and its licence lies beside it.</summary>
public sealed class NoticesTests
{
    private static readonly string Folder = Path.GetDirectoryName(ToolProcess.Path)!;

    [Fact]
    public void Every_package_that_ships_a_file_has_an_entry()
    {
        string[] entries = Entries().Select(e => e[0]).ToArray();
        Assert.Equal(entries, Shipped().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_entry_names_texts_that_are_there()
    {
        foreach (string[] entry in Entries())
        {
            Assert.All(entry[1..4], column => Assert.NotEqual("", column));
            Assert.All(entry[4].Split(", "), text => Assert.True(text == "below" || new FileInfo(Path.Combine(Folder, "licenses", text)).Length > 500, $"{entry[0]}: {text}"));
        }

        Assert.True(File.Exists(Path.Combine(Folder, "LICENSE")));
    }

    private static IEnumerable<string[]> Entries() => File.ReadLines(Path.Combine(Folder, "THIRD-PARTY-NOTICES.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
        .Select(line => line.Trim('|', ' ').Split(" | "));

    private static IEnumerable<string> Shipped()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "camanim.deps.json")));
        JsonElement libraries = document.RootElement.GetProperty("libraries");
        foreach (JsonProperty library in document.RootElement.GetProperty("targets").EnumerateObject().Last().Value.EnumerateObject())
        {
            bool isPackage = libraries.GetProperty(library.Name).GetProperty("type").GetString() == "package";
            bool hasFiles = library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("native", out _);
            if (isPackage && hasFiles)
            {
                yield return library.Name.Split('/')[0];
            }
        }
    }
}
