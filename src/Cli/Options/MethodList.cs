using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Options;

/// <summary>Methods by name.</summary>
internal static class MethodList
{
    /// <summary>Reads names separated by commas, or <c>all</c> (that have maps of every layer); each method once.</summary>
    /// <exception cref="UsageException">There is no such method, or none is named.</exception>
    public static IReadOnlyList<CamMethod> Parse(string text)
    {
        string[] names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0)
        {
            throw new UsageException($"--methods '{text}' names none. Give names separated by commas, or all.");
        }

        return [.. (names is ["all"] ? CamMethods.All.Where(m => !m.IsForSomeLayers).Select(m => m.Method) : names.Select(name => Find(name, ", or all"))).Distinct()];
    }

    /// <summary>Reads one name.</summary>
    /// <param name="name">The name; case and hyphens do not matter.</param>
    /// <param name="others">What else may be given, for the message.</param>
    /// <exception cref="UsageException">There is no such method.</exception>
    public static CamMethod Find(string name, string others = "") => CamMethods.TryParse(name, out CamMethod method)
        ? method
        : throw new UsageException($"There is no method '{name}'.{NearestNames.Question(name, CamMethods.Names)} Known are {string.Join(", ", CamMethods.Names)}{others}.");
}
