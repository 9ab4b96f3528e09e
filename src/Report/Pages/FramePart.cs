namespace CAManim.Native.Report.Pages;

/// <param name="Width">w.</param>
/// <param name="Height">h.</param>
/// <param name="Offset">Where its bytes begin.</param>
/// <param name="Low">Value of byte 0.</param>
/// <param name="High">Value of byte 255.</param>
/// <param name="Min">Zero of the local normalisation.</param>
/// <param name="Max">One of the local normalisation.</param>
/// <param name="Constant">One value only.</param>
/// <param name="NonFinite">Holds NaN or infinity.</param>
/// <param name="Road">Score, or null.</param>
/// <param name="RoadReason">Why there is no score, or null.</param>
/// <param name="Scores">For each percentile the percentage that is kept, the score without the most and without the least relevant pixels; null: not asked for.</param>
internal sealed record FramePart(int Width, int Height, int Offset, float Low, float High, float Min, float Max, bool Constant, bool NonFinite, float? Road, string? RoadReason, IReadOnlyList<double?[]>? Scores);
