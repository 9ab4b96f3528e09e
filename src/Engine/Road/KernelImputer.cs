using System.Collections.Concurrent;
using CAManim.Native.Kernels.Imputation;

namespace CAManim.Native.Engine.Road;

/// <summary>Imputation by the kernel, with memory of its own: as many workspaces as threads impute at the same time.</summary>
internal sealed class KernelImputer : IImputer
{
    // Of normalised inputs, which lie within about 4 of zero; larger values are no more accurate in float32 than their size allows.
    private const float Tolerance = 1e-4f;
    private const float UsualMagnitude = 4;

    private readonly ConcurrentBag<ImputationWorkspace> _workspaces = [];
    private readonly ImputationOptions _options;

    /// <param name="image">[C,H,W], the image that will be imputed.</param>
    public KernelImputer(ReadOnlySpan<float> image) => _options = OptionsFor(image);

    /// <summary>How exactly an image is imputed.</summary>
    /// <param name="image">[C,H,W].</param>
    public static ImputationOptions OptionsFor(ReadOnlySpan<float> image)
    {
        float magnitude = UsualMagnitude;
        foreach (float value in image)
        {
            magnitude = float.IsFinite(value) ? MathF.Max(magnitude, MathF.Abs(value)) : magnitude;
        }

        return new ImputationOptions { Tolerance = Tolerance * (magnitude / UsualMagnitude) };
    }

    /// <inheritdoc/>
    public void Impute(ReadOnlySpan<float> image, ReadOnlySpan<byte> removed, int channels, int height, int width, Span<float> result)
    {
        ImputationWorkspace workspace = _workspaces.TryTake(out ImputationWorkspace? spare) ? spare : new ImputationWorkspace();
        LinearImputation.Solve(image, removed, channels, height, width, result, _options, workspace);
        _workspaces.Add(workspace);
    }
}
