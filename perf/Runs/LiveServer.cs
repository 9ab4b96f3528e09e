using CAManim.Native.Models;
using CAManim.Native.Server;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Sources;

namespace CAManim.Native.Perf.Runs;

/// <summary>The live page of drawn scenes on a free port of this machine.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly LiveChannel _channel;
    private readonly Server.Hosting.Server _server;

    private LiveServer(LiveChannel channel, Server.Hosting.Server server) => (_channel, _server) = (channel, server);

    public string Address => _server.Address;

    /// <summary>Pictures that went through the network.</summary>
    public long Frames => _channel.Frames;

    public static async Task<LiveServer> Start(LoadedModel network, double framesPerSecond, LiveSettings settings)
    {
        ServedModel served = new(network, "default");
        LiveChannel channel = new(served, settings, PictureSources.Open(new SourceOptions { Source = "demo", FramesPerSecond = framesPerSecond }, () => Stream.Null));
        Server.Hosting.Server server = await Server.Hosting.Server.StartAsync(served, new ServerOptions { Listen = ListenAddress.Parse("127.0.0.1:0") }, channel).ConfigureAwait(false);
        channel.Start();
        return new LiveServer(channel, server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _channel.Dispose();
    }
}
