namespace CAManim.Native.Cli.Doctor;

/// <summary>One line of the doctor's.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do, or null where nothing is to do.</param>
internal sealed record Finding(string Name, FindingState State, string Found, string? Advice = null);
