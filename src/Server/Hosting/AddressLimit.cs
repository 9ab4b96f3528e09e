using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace CAManim.Native.Server.Hosting;

/// <summary>Bounds the connections of one client address, so that one cannot take them all.</summary>
internal sealed class AddressLimit(int most)
{
    private readonly ConcurrentDictionary<IPAddress, int> _counts = new();

    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        IPAddress address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        try
        {
            if (_counts.AddOrUpdate(address, 1, static (_, count) => count + 1) > most)
            {
                connection.Abort();
                return;
            }

            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            // The last one takes the entry along.
            if (_counts.AddOrUpdate(address, 0, static (_, count) => count - 1) == 0)
            {
                _counts.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
            }
        }
    };
}
