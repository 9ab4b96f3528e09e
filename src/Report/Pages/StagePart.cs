namespace CAManim.Native.Report.Pages;

/// <param name="Name">Its name.</param>
/// <param name="First">First frame, from 0.</param>
/// <param name="Last">Last frame.</param>
internal sealed record StagePart(string Name, int First, int Last);
