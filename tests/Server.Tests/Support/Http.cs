using System.Net.Sockets;

namespace CAManim.Native.Server.Tests.Support;

/// <summary>Requests as no client library would send them.</summary>
internal static class Http
{
    /// <summary>Sends text as it is; the status line and all that follows until the server closes or is quiet.</summary>
    public static async Task<string> Send(string address, string request)
    {
        Uri uri = new(address);
        using TcpClient client = new(uri.Host, uri.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(request));
        byte[] answer = new byte[1 << 14];
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        int length = await stream.ReadAsync(answer, patience.Token);
        return System.Text.Encoding.Latin1.GetString(answer, 0, length);
    }
}
