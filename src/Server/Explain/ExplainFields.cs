using CAManim.Native.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CAManim.Native.Server.Explain;

/// <summary>The words that may stand in the address or in a form; any other is refused, since what is not understood is not answered.</summary>
internal static class ExplainFields
{
    private const string Token = "token";

    private static readonly string[] Names = ["target", "method", "layers", "norm", "colormap"];

    /// <summary>The parameters of a request: those of the form before those of the address.</summary>
    /// <exception cref="RequestException">A field is not known, comes twice, or in both places.</exception>
    public static ExplainParameters Merge(IQueryCollection query, IFormCollection? form)
    {
        Dictionary<string, string> values = [];
        Collect(values, query.Where(q => q.Key != Token), "the address");
        Collect(values, form ?? Enumerable.Empty<KeyValuePair<string, StringValues>>(), "the form");
        return new ExplainParameters(
            values.GetValueOrDefault("target", "top"),
            values.GetValueOrDefault("method", "GradCAM"),
            values.GetValueOrDefault("layers", "all"),
            values.GetValueOrDefault("norm", "both"),
            values.GetValueOrDefault("colormap", "jet"));
    }

    private static void Collect(Dictionary<string, string> values, IEnumerable<KeyValuePair<string, StringValues>> fields, string place)
    {
        foreach ((string name, StringValues texts) in fields)
        {
            string? known = Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                throw Bad($"'{Shorten(name)}' in {place} is not known.{NearestNames.Question(name, Names)} Known are {string.Join(", ", Names)}; the picture is the body, or the one file of a form.");
            }

            if (texts.Count != 1 || !values.TryAdd(known, texts[0] ?? ""))
            {
                throw Bad($"'{known}' was given several times. Give it once.");
            }
        }
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "...";

    private static RequestException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
