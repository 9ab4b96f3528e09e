using System.Diagnostics.CodeAnalysis;
using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>Names of the methods, and what each needs.</summary>
public static class CamMethods
{
    private static readonly (CamMethod Method, string Name)[] Published =
    [
        (CamMethod.GradCAM, "GradCAM"),
        (CamMethod.HiResCAM, "HiResCAM"),
        (CamMethod.GradCAMElementWise, "GradCAMElementWise"),
        (CamMethod.GradCAMPlusPlus, "GradCAM++"),
        (CamMethod.XGradCAM, "XGradCAM"),
        (CamMethod.LayerCAM, "LayerCAM"),
        (CamMethod.RandomCAM, "RandomCAM"),
    ];

    /// <summary>The published names, in the order of <see cref="CamMethod"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Published.Select(p => p.Name)];

    /// <summary>The published name of <paramref name="method"/>, for instance <c>GradCAM++</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is no method.</exception>
    public static string NameOf(CamMethod method)
    {
        foreach ((CamMethod candidate, string name) in Published)
        {
            if (candidate == method)
            {
                return name;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method.");
    }

    /// <summary>Reads a method's name; case, hyphens, underscores, blanks and <c>++</c> against <c>PlusPlus</c> do not matter.</summary>
    /// <returns>Whether <paramref name="text"/> names a method.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CamMethod method)
    {
        string wanted = Normalise(text ?? "");
        foreach ((CamMethod candidate, string name) in Published)
        {
            if (Normalise(name) == wanted)
            {
                method = candidate;
                return true;
            }
        }

        method = default;
        return false;
    }

    internal static Weighting? WeightingOf(CamMethod method) => method switch
    {
        CamMethod.GradCAM => Weighting.GradCam,
        CamMethod.HiResCAM => Weighting.HiResCam,
        CamMethod.GradCAMElementWise => Weighting.ElementWise,
        CamMethod.GradCAMPlusPlus => Weighting.GradCamPlusPlus,
        CamMethod.XGradCAM => Weighting.XGradCam,
        CamMethod.LayerCAM => Weighting.LayerCam,
        _ => null,
    };

    private static string Normalise(string text) =>
        string.Concat(text.Replace("++", "plusplus", StringComparison.Ordinal).Where(c => c is not ('-' or '_' or ' '))).ToLowerInvariant();
}
