using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace CAManim.Native.Perf.Runs;

/// <summary>A client of the live page's socket that says of every frame at once that it has drawn it.</summary>
internal sealed class FrameClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[1 << 20];

    /// <summary>Bytes of the last frame.</summary>
    public int Length { get; private set; }

    /// <summary>When it had arrived, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Arrived { get; private set; }

    public static async Task<FrameClient> Connect(string address)
    {
        FrameClient client = new();
        await client._socket.ConnectAsync(new Uri($"{address.Replace("http", "ws", StringComparison.Ordinal)}/live"), default).ConfigureAwait(false);
        return client;
    }

    /// <summary>Waits for the next frame.</summary>
    /// <returns>Its head; the caller's to dispose.</returns>
    public async Task<JsonDocument> Next()
    {
        while (await Receive().ConfigureAwait(false) != WebSocketMessageType.Binary)
        {
            // The setup; nothing here depends on it.
        }

        await _socket.SendAsync("""{"type":"drawn"}"""u8.ToArray(), WebSocketMessageType.Text, true, default).ConfigureAwait(false);
        return JsonDocument.Parse(_buffer.AsMemory(4, BinaryPrimitives.ReadInt32LittleEndian(_buffer)));
    }

    public void Dispose() => _socket.Dispose();

    private async Task<WebSocketMessageType> Receive()
    {
        Length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            if (Length == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * Length);
            }

            part = await _socket.ReceiveAsync(_buffer.AsMemory(Length), default).ConfigureAwait(false);
            Length += part.Count;
        }
        while (!part.EndOfMessage);
        Arrived = Stopwatch.GetTimestamp();
        return part.MessageType == WebSocketMessageType.Close ? throw new InvalidOperationException("The server has closed the connection.") : part.MessageType;
    }
}
