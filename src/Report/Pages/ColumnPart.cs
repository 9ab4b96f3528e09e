namespace CAManim.Native.Report.Pages;

/// <param name="Method">The method's published name.</param>
/// <param name="Target">What is explained.</param>
/// <param name="Probability">Score of its class, or null.</param>
/// <param name="GlobalMin">Zero of the global normalisation.</param>
/// <param name="GlobalMax">One of the global normalisation.</param>
/// <param name="Best">First frame with the highest score, or null.</param>
/// <param name="Frames">A frame each, null where this column has no map of it.</param>
/// <param name="Maps">The bytes of all maps, zlib, base64.</param>
internal sealed record ColumnPart(string Method, string Target, float? Probability, float GlobalMin, float GlobalMax, int? Best, IReadOnlyList<FramePart?> Frames, string Maps);
