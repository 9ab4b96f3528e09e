using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>A tiny HTTP server that serves one file, and misbehaves on request.</summary>
internal sealed class WeightServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _content;
    private readonly Lock _lock = new();

    public WeightServer(byte[] content)
    {
        _content = content;
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>The first answers end after so many bytes, one entry an answer.</summary>
    public Queue<int> Cuts { get; } = new();

    public bool IsMissing { get; init; }

    public bool IgnoresRanges { get; init; }

    /// <summary>Time between headers and content.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Where each request asked to start.</summary>
    public List<long> Starts { get; } = [];

    public void Dispose() => _listener.Stop();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Answer(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private void Answer(TcpClient client)
    {
        using (client)
        using (NetworkStream stream = client.GetStream())
        using (var reader = new StreamReader(stream, Encoding.ASCII))
        {
            long start = 0;
            while (reader.ReadLine() is { Length: > 0 } line)
            {
                if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase) && !IgnoresRanges)
                {
                    start = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'));
                }
            }

            int cut = int.MaxValue;
            lock (_lock)
            {
                Starts.Add(start);
                if (Cuts.Count > 0)
                {
                    cut = Cuts.Dequeue();
                }
            }

            ReadOnlySpan<byte> body = IsMissing ? "gone"u8 : _content.AsSpan((int)start);
            string status = IsMissing ? "404 Not Found" : start > 0 ? "206 Partial Content" : "200 OK";
            stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            Thread.Sleep(Delay);
            stream.Write(body[..Math.Min(cut, body.Length)]);
        }
    }
}
