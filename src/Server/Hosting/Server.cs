using System.Net;
using System.Net.Sockets;
using CAManim.Native.Server.Explain;
using CAManim.Native.Server.Files;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Metrics;
using CAManim.Native.Server.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CAManim.Native.Server.Hosting;

/// <summary>A running server: the image service, and the live page where there is a source.</summary>
public sealed class Server : IAsyncDisposable
{
    private const string Name = "camanim";
    private const int MostConnections = 1024;
    private const long BodyBeyondLimit = 16 << 20;
    private const int MostConnectionsOfAnAddress = 512;

    // 1 KiB a second, looked at after five: slower bodies and answers are cut off, sooner where others need their places.
    private static readonly MinDataRate SlowestRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;

    private Server(WebApplication application, string address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where it is reached, for instance <c>http://127.0.0.1:8080</c>.</summary>
    public string Address { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="model">What it serves.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="live">What the live page shows; null: there is no live page.</param>
    /// <exception cref="ArgumentException">A limit is out of its range, or the address is not loopback and there is no token.</exception>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<Server> StartAsync(ServedModel model, ServerOptions options, LiveChannel? live = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => Limit(kestrel, options));
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi(api => api.AddDocumentTransformer((document, _, _) =>
        {
            (document.Info.Title, document.Info.Version) = (Name, "1");
            return Task.CompletedTask;
        }));
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(Name)).WithMetrics(metrics => metrics.AddMeter(ServerMetrics.MeterName, "System.Runtime").AddPrometheusExporter());
        builder.Services.AddSingleton(_ => new ServerMetrics(live));
        builder.Services.AddSingleton(_ => new PrivateFolder());
        builder.Services.AddSingleton(services => new Admission(options.QueueLength, services.GetRequiredService<ServerMetrics>()));
        WebApplication application = builder.Build();
        Map(application, model, options, live);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"{options.Listen} cannot be listened on: {error.Message} Choose another port with --listen.", error);
        }

        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Server(application, address);
    }

    /// <summary>Stops listening; requests at work have five seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Limit(KestrelServerOptions kestrel, ServerOptions options)
    {
        AddressLimit perAddress = new(MostConnectionsOfAnAddress);
        kestrel.Listen(new IPEndPoint(options.Listen.Address, options.Listen.Port), listen => listen.Use(perAddress.Limit));
        kestrel.AddServerHeader = false;

        // Above what is refused with words: of a body beyond this the connection ends at once.
        kestrel.Limits.MaxRequestBodySize = options.BodyLimitInBytes + BodyBeyondLimit;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.MinRequestBodyDataRate = SlowestRate;
        kestrel.Limits.MinResponseDataRate = SlowestRate;
    }

    private static void Map(WebApplication application, ServedModel model, ServerOptions options, LiveChannel? live)
    {
        Gate gate = new(options);
        application.UseExceptionHandler();
        application.UseStatusCodePages(pages => Problems.Explain(pages.HttpContext));
        application.Use(next => context => gate.Pass(context, next));
        application.MapGet("/health", () => TypedResults.Ok(new HealthReport("ok", model.Model.Name))).WithSummary("Whether the server is there.").WithTags("operation");
        application.MapPrometheusScrapingEndpoint("/metrics");
        application.MapOpenApi("/openapi.json");
        new ExplainEndpoint(model, options, application.Services.GetRequiredService<Admission>(), application.Services.GetRequiredService<ServerMetrics>(), application.Services.GetRequiredService<PrivateFolder>()).Map(application);
        if (live is null)
        {
            PicturePage.Map(application, model);
        }
        else
        {
            application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
            new LiveEndpoint(live).Map(application);
        }
    }
}
