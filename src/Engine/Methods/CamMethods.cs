using System.Diagnostics.CodeAnalysis;

namespace CAManim.Native.Engine.Methods;

/// <summary>Names of the methods, and what each needs.</summary>
public static class CamMethods
{
    private static readonly MapMethod[] Known =
    [
        new GradCam(),
        new HiResCam(),
        new GradCamElementWise(),
        new GradCamPlusPlus(),
        new XGradCam(),
        new LayerCam(),
        new RandomCam(),
        new EigenCam(),
        new EigenGradCam(),
        new SegEigenCam(),
        new KpcaCam(),
        new Fem(),
        new ScoreCam(),
        new AblationCam(),
        new ReciproCam(),
        new FullGrad(),
        new ShapleyCam(),
        new FinerCam(),
        new RefineCam(),
        new MetaCam(),
        new LeGrad(),
    ];

    /// <summary>The published names, in the order of <see cref="CamMethod"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(m => m.Description.Name)];

    /// <summary>Every method's description, in the order of <see cref="CamMethod"/>.</summary>
    public static IReadOnlyList<MethodDescription> All { get; } = [.. Known.Select(m => m.Description)];

    /// <summary>The published name of <paramref name="method"/>, for instance <c>GradCAM++</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is no method.</exception>
    public static string NameOf(CamMethod method) => Describe(method).Name;

    /// <summary>What <paramref name="method"/> is, needs and costs.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is no method.</exception>
    public static MethodDescription Describe(CamMethod method) => Find(method).Description;

    /// <summary>Reads a method's name; case, hyphens, underscores, blanks and <c>++</c> or <c>pp</c> against <c>PlusPlus</c> do not matter.</summary>
    /// <returns>Whether <paramref name="text"/> names a method.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CamMethod method)
    {
        string wanted = Normalise(text ?? "");
        foreach (MapMethod candidate in Known)
        {
            if (Normalise(candidate.Description.Name) == wanted)
            {
                method = candidate.Description.Method;
                return true;
            }
        }

        method = default;
        return false;
    }

    internal static MapMethod Find(CamMethod method) => (uint)method < (uint)Known.Length
        ? Known[(int)method]
        : throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method.");

    private static string Normalise(string text)
    {
        string plain = string.Concat(text.Replace("++", "plusplus", StringComparison.Ordinal).Where(c => c is not ('-' or '_' or ' '))).ToLowerInvariant();

        // Torch-cam writes GradCAMpp.
        return plain.EndsWith("campp", StringComparison.Ordinal) ? plain[..^2] + "plusplus" : plain;
    }
}
