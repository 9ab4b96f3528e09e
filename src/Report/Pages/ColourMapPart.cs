namespace CAManim.Native.Report.Pages;

/// <param name="Name">Its name.</param>
/// <param name="Table">256 RGB colours in base64.</param>
internal sealed record ColourMapPart(string Name, string Table);
