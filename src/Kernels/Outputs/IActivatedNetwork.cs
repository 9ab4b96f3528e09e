namespace CAManim.Native.Kernels.Outputs;

/// <summary>A network that knows how its logits become scores: it was made without the softmax or sigmoid at its end, or was told.</summary>
public interface IActivatedNetwork
{
    /// <summary>What belongs behind its outputs; <see cref="ScoreActivation.Auto"/> where that is not known.</summary>
    ScoreActivation FinalActivation { get; }
}
