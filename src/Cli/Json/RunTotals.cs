namespace CAManim.Native.Cli.Json;

/// <summary>Sums over the frames.</summary>
internal sealed record RunTotals(int Frames, int Skipped, int Constant, int NonFinite, float? GlobalMin, float? GlobalMax, long Parameters, RoadTotals? Road);
