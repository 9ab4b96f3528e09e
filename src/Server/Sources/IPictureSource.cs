using CAManim.Native.Encoding.Decoding;

namespace CAManim.Native.Server.Sources;

/// <summary>Pictures, one after the other, each when it is due.</summary>
public interface IPictureSource : IDisposable
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>Waits for the next picture and reads it.</summary>
    /// <param name="picture">Written over.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="IOException">The source cannot be read further.</exception>
    bool Read(VideoPicture picture, CancellationToken cancellation);
}
