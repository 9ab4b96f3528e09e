namespace CAManim.Native.Server.Live;

/// <summary>What could not be done, for the page.</summary>
internal sealed record LiveError(string Type, string Message);
