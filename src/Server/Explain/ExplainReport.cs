using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;

namespace CAManim.Native.Server.Explain;

/// <summary>What the image service answers as JSON; numbers that are NaN or infinite are null.</summary>
/// <param name="Model">The network.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">What was asked for.</param>
/// <param name="ClassIndex">The explained class.</param>
/// <param name="ClassName">Its name.</param>
/// <param name="Probability">Its score by the activation.</param>
/// <param name="Activation">How outputs became scores: softmax, sigmoid or none.</param>
/// <param name="ActivationReason">Why that is no softmax, where nobody asked for it.</param>
/// <param name="Warnings">What must be known before the maps are believed.</param>
/// <param name="Top">The five classes with the highest scores.</param>
/// <param name="InputHeight">H of the network's input.</param>
/// <param name="InputWidth">W of the network's input.</param>
/// <param name="GlobalMinimum">Zero of the global normalisation.</param>
/// <param name="GlobalMaximum">One of the global normalisation.</param>
/// <param name="Frames">The maps in frame order.</param>
/// <param name="Skipped">Calls that gave no map.</param>
/// <param name="Milliseconds">Time of decoding, network and maps.</param>
internal sealed record ExplainReport(
    string Model,
    string Weights,
    string Method,
    string Target,
    int ClassIndex,
    string ClassName,
    float? Probability,
    string Activation,
    string? ActivationReason,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<ExplainClass> Top,
    int InputHeight,
    int InputWidth,
    float? GlobalMinimum,
    float? GlobalMaximum,
    IReadOnlyList<ExplainFrame> Frames,
    IReadOnlyList<ExplainSkip> Skipped,
    double Milliseconds)
{
    private const int ClassesShown = 5;

    public static ExplainReport Of(ServedModel model, ExplainParameters parameters, CamResult result, TimeSpan time)
    {
        float[] logits = result.Logits.ToArray();
        return new ExplainReport(
            model.Model.Name,
            model.Weights,
            CamMethods.NameOf(result.Method),
            parameters.Target,
            result.ClassIndex,
            model.NameOf(result.ClassIndex),
            Finite(result.Probability),
            result.Activation.ToString().ToLowerInvariant(),
            result.ActivationReason,
            ResultWarnings.Of(result, model.NameOf, parameters.Target.StartsWith("not:", StringComparison.OrdinalIgnoreCase)),
            [.. Enumerable.Range(0, logits.Length).OrderByDescending(k => logits[k]).Take(ClassesShown).Select(k => new ExplainClass(k, model.NameOf(k), Finite(ScoreActivations.At(result.Activation, logits, k))))],
            result.InputHeight,
            result.InputWidth,
            Finite(result.GlobalMinimum),
            Finite(result.GlobalMaximum),
            [.. result.Frames.Select(f => new ExplainFrame(f.Name, f.ModuleClass, f.Channels, f.Height, f.Width, Finite(f.Minimum), Finite(f.Maximum), f.IsConstant, f.HasNonFinite, Peak.Of(f)))],
            [.. result.Layers.Where(l => !l.IsKept).Select(l => new ExplainSkip(l.Name, l.ModuleClass, l.SkipReason!))],
            Math.Round(time.TotalMilliseconds, 3));
    }

    private static float? Finite(float value) => float.IsFinite(value) ? value : null;
}
