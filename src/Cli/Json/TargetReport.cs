namespace CAManim.Native.Cli.Json;

/// <summary>What the maps explain.</summary>
/// <param name="Index">Index of the class.</param>
/// <param name="Name">Name of the class.</param>
/// <param name="Asked">The target as it was asked for.</param>
internal sealed record TargetReport(int Index, string Name, string Asked)
{
    /// <summary>The target in words: the class, with what it was asked for as where that says more.</summary>
    public string InWords() =>
        Asked is "top" || int.TryParse(Asked, out _) || Asked.Equals(Name, StringComparison.OrdinalIgnoreCase) ? Name : Asked;
}
