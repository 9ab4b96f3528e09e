using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json;

namespace CAManim.Native.Server.Tests.Support;

/// <summary>What the live page does, without a browser.</summary>
internal sealed class LiveClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[1 << 16];

    /// <summary>The last setup.</summary>
    public JsonElement Setup { get; private set; }

    public static async Task<LiveClient> Connect(string address, string? origin = null)
    {
        LiveClient client = new();
        if (origin is not null)
        {
            client._socket.Options.SetRequestHeader("Origin", origin);
        }

        await client._socket.ConnectAsync(new Uri($"{address.Replace("http", "ws", StringComparison.Ordinal)}/live"), default);
        return client;
    }

    /// <summary>The next frame's head and what follows it; setups on the way are kept, errors thrown.</summary>
    public async Task<(JsonElement Head, byte[] Data)> Frame()
    {
        while (true)
        {
            (WebSocketMessageType type, byte[] message) = await Receive();
            if (type == WebSocketMessageType.Binary)
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(message);
                return (JsonDocument.Parse(message.AsMemory(4, length)).RootElement, message[(4 + length)..]);
            }

            JsonElement text = JsonDocument.Parse(message).RootElement;
            if (text.GetProperty("type").GetString() == "error")
            {
                throw new InvalidOperationException(text.GetProperty("message").GetString());
            }

            Setup = text;
        }
    }

    /// <summary>Draws frames until one is as wanted.</summary>
    public async Task<(JsonElement Head, byte[] Data)> Until(Func<JsonElement, bool> isWanted)
    {
        for (int i = 0; i < 500; i++)
        {
            var frame = await Frame();
            await Send("""{"type":"drawn"}""");
            if (isWanted(frame.Head))
            {
                return frame;
            }
        }

        throw new InvalidOperationException("no frame of 500 was as wanted");
    }

    public Task Send(string text) => _socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    public Task Send(byte[] bytes, WebSocketMessageType type) => _socket.SendAsync(bytes, type, true, default);

    public void Dispose() => _socket.Dispose();

    private async Task<(WebSocketMessageType Type, byte[] Message)> Receive()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        int length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, length * 2);
            }

            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return (part.MessageType, _buffer[..length]);
            }
        }
    }
}
