namespace CAManim.Native.Train;

/// <summary>Normalised images [N,3,H,W] and targets [N,classes], still outside of torch.</summary>
/// <param name="Count">N.</param>
/// <param name="Images">[N,3,H,W].</param>
/// <param name="Targets">[N,classes], smoothed; each row sums to one.</param>
/// <param name="Cells">[N,classes+1,h,w]: see <see cref="CellTargets"/>.</param>
internal sealed record Batch(int Count, float[] Images, float[] Targets, float[] Cells);
