using CAManim.Native.Models.Images;

namespace CAManim.Native.Server.Sources;

/// <summary>A source of files that may have more than 8 bits a sample.</summary>
internal interface IStillSource
{
    /// <summary>The last picture that was read, with all its bits; null where it has none of its own.</summary>
    Picture? Still { get; }
}
