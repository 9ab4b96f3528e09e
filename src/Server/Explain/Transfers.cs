using System.Net;
using System.Net.Sockets;

namespace CAManim.Native.Server.Explain;

/// <summary>Bodies on their way, in or out: bounded in number, for each client address too, and in memory. Where there is no room the slowest gives way.</summary>
/// <remarks>
/// So clients that send a byte now and then cannot shut out those that send at once: a newcomer takes the place of the slowest of its own address
/// where that has its share, else of the slowest of all.
/// </remarks>
/// <param name="most">On their way at once.</param>
/// <param name="mostOfAnAddress">Of one client address.</param>
/// <param name="mostBytes">Held in memory by all together.</param>
internal sealed class Transfers(int most, int mostOfAnAddress, long mostBytes)
{
    // Nobody has to be quick before.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly HashSet<Transfer> _moving = [];
    private long _bytes;

    /// <summary>On their way now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _moving.Count;
            }
        }
    }

    /// <returns>Null where there is no room and none is slow.</returns>
    public Transfer? TryBegin(IPAddress? address)
    {
        byte[] key = KeyOf(address);
        lock (_lock)
        {
            IEnumerable<Transfer> own = _moving.Where(t => t.Address.AsSpan().SequenceEqual(key));
            IEnumerable<Transfer>? crowded = own.Count() >= mostOfAnAddress ? own : _moving.Count >= most ? _moving : null;
            if (crowded is not null)
            {
                Transfer? slowest = crowded.Where(t => t.Age > Grace).MinBy(t => t.BytesPerSecond);
                if (slowest is null)
                {
                    return null;
                }

                _moving.Remove(slowest);
                slowest.GiveWay();
            }

            Transfer transfer = new(this, key);
            _moving.Add(transfer);
            return transfer;
        }
    }

    internal bool TryTake(long bytes)
    {
        lock (_lock)
        {
            if (_bytes + bytes > mostBytes)
            {
                return false;
            }

            _bytes += bytes;
            return true;
        }
    }

    internal void Arrive(Transfer transfer)
    {
        lock (_lock)
        {
            _moving.Remove(transfer);
        }
    }

    internal void GiveBack(Transfer transfer, long bytes)
    {
        lock (_lock)
        {
            _moving.Remove(transfer);
            _bytes -= bytes;
        }
    }

    // Of IPv6 the network, in which a client has all addresses it likes.
    private static byte[] KeyOf(IPAddress? address) => address switch
    {
        null => [],
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().GetAddressBytes(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => address.GetAddressBytes()[..8],
        _ => address.GetAddressBytes(),
    };
}
