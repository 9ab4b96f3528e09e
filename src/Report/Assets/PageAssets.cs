using System.Reflection;
using System.Text;

namespace CAManim.Native.Report.Assets;

/// <summary>The parts that pages are put together from: plain styles and scripts, each in a file of its own, without imports.</summary>
/// <remarks>
/// Scripts are joined in the order given and run in one function of their own, so that what one declares is seen by those after it and by no one else.
/// Names are those of the files in <c>src/Report/Page</c>, without folder and ending.
/// </remarks>
public static class PageAssets
{
    /// <summary>The scripts that colour maps, in their order: base64 and zlib, resizing, the painters, and <c>Painter</c>, which chooses one.</summary>
    public static IReadOnlyList<string> PainterScripts { get; } = ["bytes", "bilinear", "canvas-painter", "webgl-painter", "painter"];

    /// <summary>Joins style sheets.</summary>
    /// <param name="names">Names of files, for instance <c>base</c>.</param>
    /// <exception cref="ArgumentException">There is no such style sheet.</exception>
    public static string Styles(params IEnumerable<string> names) => Join(names, ".css");

    /// <summary>Joins scripts into one function that runs at once, in strict mode.</summary>
    /// <param name="names">Names of files, for instance <see cref="PainterScripts"/>.</param>
    /// <exception cref="ArgumentException">There is no such script.</exception>
    public static string Scripts(params IEnumerable<string> names) => $"(() => {{\n'use strict';\n{Join(names, ".js")}}})();\n";

    /// <summary>A file as it is.</summary>
    /// <param name="name">Name with ending.</param>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static string Read(string name)
    {
        Assembly assembly = typeof(PageAssets).Assembly;
        using Stream stream = assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"The page has no part '{name}'. There are {string.Join(", ", assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))}.", nameof(name));
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Join(IEnumerable<string> names, string ending) => string.Concat(names.Select(name => Read(name + ending)));
}
