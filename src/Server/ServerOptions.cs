using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Server;

/// <summary>Where a server listens and what it takes.</summary>
public sealed record ServerOptions
{
    /// <summary>Address and port.</summary>
    public ListenAddress Listen { get; init; } = ListenAddress.Default;

    /// <summary>What every request must bring; null: nothing, which only loopback addresses allow.</summary>
    public string? Token { get; init; }

    /// <summary>Largest body.</summary>
    public long BodyLimitInBytes { get; init; } = 16 << 20;

    /// <summary>Most pixels of a picture.</summary>
    public long PixelLimit { get; init; } = 25_000_000;

    /// <summary>Requests that are taken at once, the one at work included; more are answered 503.</summary>
    public int QueueLength { get; init; } = 8;

    /// <summary>From the head of a request to its last map.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How the network's outputs become scores.</summary>
    public ScoreActivation Activation { get; init; }

    /// <summary>How pictures become the network's input.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>Refuses what cannot be served safely.</summary>
    /// <exception cref="ArgumentException">A limit is out of its range, or a token is missing.</exception>
    public void Check()
    {
        if (BodyLimitInBytes < 1 || PixelLimit < 1 || QueueLength < 1 || Timeout <= TimeSpan.Zero)
        {
            throw new ArgumentException($"A body of {BodyLimitInBytes} bytes, {PixelLimit} pixels, {QueueLength} requests and {Timeout} are no limits; each must be above 0.");
        }

        if (!Listen.IsLoopback && string.IsNullOrEmpty(Token))
        {
            throw new ArgumentException($"{Listen} can be reached from other machines, so a token is needed. Give one with --token or CAMANIM_TOKEN, or listen on 127.0.0.1.");
        }
    }
}
