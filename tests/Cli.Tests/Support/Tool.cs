namespace CAManim.Native.Cli.Tests.Support;

/// <summary>The tool inside of this process: quick, for all that does not end it.</summary>
internal static class Tool
{
    /// <summary>Runs a command line given as words.</summary>
    public static ToolResult Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using Termination termination = new();
        int code = Application.Run(arguments, output, error, termination);
        return new ToolResult(code, output.ToString(), error.ToString());
    }

    /// <summary>A small run with made-up weights and <paramref name="more"/> options.</summary>
    public static ToolResult RunSmall(TestFolder folder, params string[] more) =>
        Run(["run", "--model", "cifar10_resnet20", "--weights", "rule:camanim", "--image", folder.Picture(), .. more.Contains("--progress") ? [] : (string[])["--progress", "none"], .. more]);
}
