using System.Text.Json;

namespace CAManim.Native.Cli.Tests.Support;

/// <summary>What a command line gave.</summary>
internal sealed record ToolResult(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public ToolResult Succeeded()
    {
        Assert.True(Code == 0, $"exit code {Code}: {Error}");
        return this;
    }

    /// <summary>One message that has all <paramref name="words"/>, the exit code, and no stack trace.</summary>
    public void Failed(int code, params string[] words)
    {
        Assert.True(code == Code, $"exit code {Code}, expected {code}: {Error}{Output}");
        string message = Assert.Single(Error.Split('\n'), line => line.StartsWith("camanim: ", StringComparison.Ordinal));
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unexpected failure", Error, StringComparison.Ordinal);
        Assert.Equal("", Output);
    }
}
