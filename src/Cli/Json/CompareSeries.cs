namespace CAManim.Native.Cli.Json;

/// <summary>The maps of one method and target.</summary>
/// <param name="Method">Published name.</param>
/// <param name="ChannelLimit">Channels of a layer that were looked at, of a method that runs the network for each; null for all.</param>
/// <param name="MethodOptions">What the method takes, with its values.</param>
/// <param name="Target">The target as it was asked for.</param>
/// <param name="Probability">Score of its class.</param>
/// <param name="GlobalMin">Zero of the global normalisation.</param>
/// <param name="GlobalMax">One of the global normalisation.</param>
/// <param name="Cells">One a column of the grid.</param>
internal sealed record CompareSeries(string Method, int? ChannelLimit, IReadOnlyList<MethodSetting> MethodOptions, string Target, float? Probability, float? GlobalMin, float? GlobalMax, IReadOnlyList<CompareCell> Cells);
