using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Models;
using Microsoft.AspNetCore.Http;

namespace CAManim.Native.Server.Explain;

/// <summary>What is asked about the picture.</summary>
/// <param name="Target">As <c>--target</c> takes it.</param>
/// <param name="Method">Name of a method.</param>
/// <param name="Layers">As <c>--layers</c> takes it.</param>
/// <param name="Norm">local, global or both; for videos.</param>
/// <param name="ColorMap">For videos.</param>
internal sealed record ExplainParameters(string Target, string Method, string Layers, string Norm, string ColorMap)
{
    private const int LongestText = 512;

    /// <exception cref="RequestException">A word is not known.</exception>
    public CamOptions Read(ServedModel model)
    {
        foreach (string text in (string[])[Target, Method, Layers, Norm, ColorMap])
        {
            if (text.Length > LongestText)
            {
                throw Bad($"A parameter has {text.Length} characters; at most {LongestText} are read.");
            }
        }

        if (!CamMethods.TryParse(Method, out CamMethod method))
        {
            throw Bad($"There is no method '{Method}'.{NearestNames.Question(Method, CamMethods.Names)} Known are {string.Join(", ", CamMethods.Names)}.");
        }

        if (string.IsNullOrWhiteSpace(Layers) || Layers is "class:")
        {
            throw Bad($"layers '{Layers}' selects nothing. Use all, leaves, a glob over names or class:NAME.");
        }

        try
        {
            return new CamOptions { Method = method, Layers = LayerSelection.Parse(Layers), Target = ServedTargets.Parse(Target, model) };
        }
        catch (Exception error) when (error is CamException or ArgumentException)
        {
            throw Bad(error.Message);
        }
    }

    /// <exception cref="RequestException">A word is not known.</exception>
    public VideoOptions ReadVideo()
    {
        if (!Enum.TryParse(Norm, ignoreCase: true, out NormalisationView view) || !Enum.IsDefined(view))
        {
            throw Bad($"norm '{Norm}' is not known. Use local, global or both.");
        }

        return ColorMaps.Names.Contains(ColorMap, StringComparer.OrdinalIgnoreCase)
            ? new VideoOptions { View = view, ColorMap = ColorMap }
            : throw Bad($"There is no colour map '{ColorMap}'. Known are {string.Join(", ", ColorMaps.Names)}.");
    }

    private static RequestException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
