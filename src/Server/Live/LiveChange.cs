namespace CAManim.Native.Server.Live;

/// <summary>What a page asks to be changed, until it has been tried.</summary>
/// <param name="Apply">From the settings at work to those that are asked for.</param>
/// <param name="Refuse">Tells the page that asked why it cannot be.</param>
internal sealed record LiveChange(Func<LiveSettings, LiveSettings> Apply, Action<string> Refuse);
