namespace CAManim.Native.Engine.Targets;

/// <summary>A target of several versions of one image, fixed by the logits of the first, so that all of them explain the same.</summary>
internal sealed record SharedTarget(Target Inner) : Target
{
    private TargetScore? _first;

    internal override bool NeedsLogits => Inner.NeedsLogits;

    internal override TargetScore Resolve(ReadOnlySpan<float> logits) => _first ??= Inner.Resolve(logits);
}
