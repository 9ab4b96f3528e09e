namespace CAManim.Native.Engine.Road;

/// <summary>Images of one removal, imputed once for all of them.</summary>
/// <param name="Step">Twice the percentile's index, one more where the least relevant pixels are removed.</param>
/// <param name="FirstTrial">Trial of the first image.</param>
/// <param name="Trials">Images.</param>
/// <param name="Image">Place of the first among those that are written together.</param>
internal readonly record struct RoadPart(int Step, int FirstTrial, int Trials, int Image);
