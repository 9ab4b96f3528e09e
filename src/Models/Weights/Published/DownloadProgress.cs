namespace CAManim.Native.Models.Weights;

/// <summary>How far a download has come.</summary>
/// <param name="FileName">The file.</param>
/// <param name="ReceivedBytes">Bytes that are there, earlier attempts included.</param>
/// <param name="TotalBytes">Bytes of the whole file; null where the server does not say.</param>
public readonly record struct DownloadProgress(string FileName, long ReceivedBytes, long? TotalBytes);
