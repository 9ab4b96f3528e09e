namespace CAManim.Native.Train;

/// <summary>Normalised images [N,3,H,W] and targets [N,classes], still outside of torch.</summary>
internal sealed record Batch(float[] Images, float[] Targets);
