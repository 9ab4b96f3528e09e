namespace CAManim.Native.Report.Timeline;

/// <summary>Neighbouring frames that belong together.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="First">First frame, from 0.</param>
/// <param name="Last">Last frame.</param>
internal sealed record Stage(string Name, int First, int Last)
{
    public int Count => Last - First + 1;
}
