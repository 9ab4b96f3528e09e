using System.Globalization;
using System.Net;

namespace CAManim.Native.Server;

/// <summary>An address and a port to listen on.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
public sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>127.0.0.1:8080.</summary>
    public static ListenAddress Default { get; } = new(IPAddress.Loopback, 8080);

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>8080</c>, <c>127.0.0.1:8080</c>, <c>localhost:8080</c>, <c>[::1]:8080</c>.</summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static ListenAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? "127.0.0.1" : text[..colon].Trim('[', ']');
        IPAddress? address = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : null;
        return address is not null && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue
            ? new ListenAddress(address, port)
            : throw new ArgumentException($"'{text}' is no address to listen on. Give address and port, for instance 127.0.0.1:8080, or a port.", nameof(text));
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
