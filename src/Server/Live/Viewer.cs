using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using CAManim.Native.Server.Explain;

namespace CAManim.Native.Server.Live;

/// <summary>One open page: sends the newest frame when the page has drawn the one before, and does what the page asks.</summary>
internal sealed class Viewer(LiveChannel channel, WebSocket socket)
{
    // One that is drawn and one on the way.
    private const long MostUndrawn = 2;
    private const int LongestMessage = 4096;
    private const int LongestWord = 64;

    // Of a page that asks for what cannot be: it is answered, and then waits.
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(50);

    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<string> _errors = Channel.CreateBounded<string>(new BoundedChannelOptions(4) { FullMode = BoundedChannelFullMode.DropOldest });
    private long _sent;
    private long _drawn;
    private long _lastSent;
    private long _lastDrawn;

    /// <summary>Says that there may be something to send.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Tells the page what cannot be.</summary>
    public void Refuse(string message)
    {
        _errors.Writer.TryWrite(message);
        Wake();
    }

    /// <summary>Whether the page has drawn this packet, and nothing since then for so long.</summary>
    public bool HasDrawn(long packet, TimeSpan since) =>
        Interlocked.Read(ref _lastSent) >= packet && Interlocked.Read(ref _sent) == Interlocked.Read(ref _drawn) && Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastDrawn)) > since;

    /// <summary>Until the page or the server goes.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (!channel.Board.TryAdd(this))
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, $"{PacketBoard.MostViewers} pages are open already", ending.Token).ConfigureAwait(false);
            return;
        }

        Wake();
        try
        {
            Task sending = Send(ending.Token);
            Task receiving = Receive(ending.Token);
            await Task.WhenAny(sending, receiving).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(sending, receiving).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // The page is gone; it comes back by itself.
        }
        finally
        {
            channel.Board.Remove(this);
        }
    }

    private async Task Send(CancellationToken cancellation)
    {
        byte[] buffer = [];
        (int setup, long packet) = (0, 0);
        while (true)
        {
            await _wakes.Reader.ReadAsync(cancellation).ConfigureAwait(false);
            while (_errors.Reader.TryRead(out string? message))
            {
                await SendText(JsonSerializer.Serialize(new LiveError("error", message), LiveJson.Options), cancellation).ConfigureAwait(false);
            }

            if (setup != channel.Board.SetupVersion)
            {
                LiveSetup now = LiveSetup.Of(channel);
                setup = now.Version;
                await SendText(JsonSerializer.Serialize(now, LiveJson.Options), cancellation).ConfigureAwait(false);
            }

            if (channel.Board.Version > packet && _sent - Interlocked.Read(ref _drawn) < MostUndrawn)
            {
                (int length, packet) = channel.Board.Copy(ref buffer);
                Interlocked.Increment(ref _sent);
                Interlocked.Exchange(ref _lastSent, packet);
                await socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Binary, true, cancellation).ConfigureAwait(false);
            }
        }
    }

    private Task SendText(string text, CancellationToken cancellation) =>
        socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, cancellation).AsTask();

    private async Task Receive(CancellationToken cancellation)
    {
        byte[] buffer = new byte[LongestMessage];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close || (!part.EndOfMessage && length == buffer.Length))
                {
                    await socket.CloseOutputAsync(part.MessageType == WebSocketMessageType.Close ? WebSocketCloseStatus.NormalClosure : WebSocketCloseStatus.MessageTooBig, null, cancellation).ConfigureAwait(false);
                    return;
                }
            }
            while (!part.EndOfMessage);

            string? refusal = part.MessageType == WebSocketMessageType.Text ? Obey(buffer.AsSpan(0, length)) : "Messages are JSON text; a binary one is not read.";
            if (refusal is not null)
            {
                Refuse(refusal);
                await Task.Delay(RefusalPause, cancellation).ConfigureAwait(false);
            }

            Wake();
        }
    }

    /// <returns>Why it cannot be; null where it is done.</returns>
    private string? Obey(ReadOnlySpan<byte> message)
    {
        try
        {
            LiveCommand command = JsonSerializer.Deserialize<LiveCommand>(message, LiveJson.Options) ?? throw new JsonException("null");
            switch (command.Type)
            {
                case "drawn":
                    Draw();
                    return null;
                case "settings":
                    channel.Change(new LiveChange(before => before with { Target = command.Target ?? before.Target, Method = command.Method ?? before.Method, Layers = command.Layers ?? before.Layers }, Refuse));
                    return null;
                case "look":
                    channel.Look = new LiveLook { ColorMap = command.ColorMap ?? channel.Look.ColorMap, Alpha = command.Alpha ?? channel.Look.Alpha };
                    return null;
                case "pause":
                    channel.Pause(command.On);
                    return null;
                case "show":
                    channel.Show(command.Layer ?? -1);
                    return null;
                case "record":
                    channel.Recorder.Switch(command.On);
                    channel.Board.Touch();
                    return null;
                default:
                    return $"'{command.Type?[..Math.Min(command.Type.Length, LongestWord)]}' is not known. Messages are of the types drawn, settings, look, pause, show and record.";
            }
        }
        catch (JsonException)
        {
            return "A message was no JSON of the kind that is expected.";
        }
        catch (Exception error)
        {
            // Whatever it is, it is this page's: the others go on.
            return error.Message;
        }
    }

    // A page cannot have drawn more than it was sent.
    private void Draw()
    {
        Interlocked.Exchange(ref _lastDrawn, Stopwatch.GetTimestamp());
        if (Interlocked.Read(ref _drawn) < Interlocked.Read(ref _sent))
        {
            Interlocked.Increment(ref _drawn);
        }
    }
}
