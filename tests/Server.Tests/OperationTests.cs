using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Tests.Support;

namespace CAManim.Native.Server.Tests;

/// <summary>What those who run a server look at: health, metrics as they are scraped, the OpenAPI document.</summary>
public sealed partial class OperationTests(Network network)
{
    [Fact]
    public async Task HealthNamesTheNetwork()
    {
        await using Running server = await Running.Start(network.Served);
        using JsonDocument health = JsonDocument.Parse(await server.Client.GetStringAsync("/health"));
        Assert.Equal("ok", health.RootElement.GetProperty("status").GetString());
        Assert.Equal(network.Served.Model.Name, health.RootElement.GetProperty("model").GetString());
    }

    [Fact]
    public async Task DurationsAreAHistogramInSeconds()
    {
        await using Running server = await Running.Start(network.Served);
        for (int i = 0; i < 3; i++)
        {
            (await server.Explain(Pictures.Bmp(Pictures.Scene), "?layers=layer4")).Dispose();
        }

        (await server.Explain([1, 2, 3])).Dispose();
        Dictionary<string, double> values = await Scrape(server);
        string[] bounds = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"];
        foreach ((string status, double count) in (ReadOnlySpan<(string, double)>)[("200", 3), ("400", 1)])
        {
            double[] buckets = [.. bounds.Select(b => values[$"camanim_explain_duration_seconds_bucket{{status={status},le={b}}}"])];
            Assert.Equal(buckets.Order(), buckets);
            Assert.Equal(count, buckets[^1]);
            Assert.Equal(count, values[$"camanim_explain_duration_seconds_count{{status={status}}}"]);
            Assert.Equal(count, values[$"camanim_explain_requests_total{{status={status}}}"]);

            // The mean lies in a bucket that holds something.
            double mean = values[$"camanim_explain_duration_seconds_sum{{status={status}}}"] / count;
            Assert.InRange(mean, 1e-6, 60);
            Assert.True(buckets.Where((_, i) => i == buckets.Length - 1 || double.Parse(bounds[i], CultureInfo.InvariantCulture) >= mean).First() > 0, $"mean {mean} s, buckets {string.Join(' ', buckets)}");
        }

        Assert.Equal(bounds.Length * 2, values.Keys.Count(k => k.StartsWith("camanim_explain_duration_seconds_bucket", StringComparison.Ordinal)));
        Assert.Equal(0, values["camanim_explain_waiting{}"]);
        Assert.Contains(values.Keys, k => k.StartsWith("dotnet_gc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALiveChannelIsMeasured()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        (JsonElement head, _) = await client.Until(h => h.GetProperty("number").GetInt64() >= 5);
        Dictionary<string, double> values = await Scrape(server);
        Assert.InRange(values["camanim_live_frames_total{}"], head.GetProperty("number").GetInt64(), double.MaxValue);
        Assert.Equal(1, values["camanim_live_viewers{}"]);
        Assert.InRange(values["camanim_live_latency_seconds{}"], 1e-4, 60);
        Assert.Contains("camanim_live_dropped_total{}", values.Keys);
    }

    [Fact]
    public async Task TheOpenApiDocumentDescribesTheService()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings(), still);
        await using Running server = await Running.Start(network.Served, live: channel);
        using JsonDocument document = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi.json"));
        Assert.StartsWith("3.", document.RootElement.GetProperty("openapi").GetString());
        Assert.Equal("camanim", document.RootElement.GetProperty("info").GetProperty("title").GetString());
        JsonElement paths = document.RootElement.GetProperty("paths");
        Assert.Equal(["/api/explain", "/health"], paths.EnumerateObject().Select(p => p.Name).Order());
        JsonElement post = paths.GetProperty("/api/explain").GetProperty("post");
        Assert.Equal(["target", "method", "layers", "norm", "colormap"], post.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()!));
        JsonElement responses = post.GetProperty("responses");
        Assert.Equal(["200", "400", "401", "403", "406", "408", "413", "415", "503", "504"], responses.EnumerateObject().Select(r => r.Name).Order());
        Assert.Equal(["application/json", "application/x-safetensors", "video/mp4"], responses.GetProperty("200").GetProperty("content").EnumerateObject().Select(c => c.Name).Order());
        Assert.Equal(["application/problem+json"], responses.GetProperty("503").GetProperty("content").EnumerateObject().Select(c => c.Name));
        Assert.NotEmpty(post.GetProperty("requestBody").GetProperty("content").EnumerateObject());

        // Every reference leads somewhere.
        string text = document.RootElement.GetRawText();
        JsonElement schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        foreach (Match reference in References().Matches(text))
        {
            Assert.True(schemas.TryGetProperty(reference.Groups[1].Value, out _), $"{reference.Value} leads nowhere");
        }
    }

    // Name{label=value,...} without the scope: the text format's samples.
    private static async Task<Dictionary<string, double>> Scrape(Running server)
    {
        string text = await server.Client.GetStringAsync("/metrics");
        Dictionary<string, double> values = [];
        foreach (Match sample in Samples().Matches(text))
        {
            string labels = string.Join(',', Labels().Matches(sample.Groups[2].Value).Where(l => !l.Groups[1].Value.StartsWith("otel_", StringComparison.Ordinal)).Select(l => $"{l.Groups[1].Value}={l.Groups[2].Value}"));
            values[$"{sample.Groups[1].Value}{{{labels}}}"] = double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture);
        }

        return values;
    }

    [GeneratedRegex(@"^(\w+)(?:\{(.*)\})? ([-+0-9.eE]+)", RegexOptions.Multiline)]
    private static partial Regex Samples();

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Labels();

    [GeneratedRegex("\"#/components/schemas/(\\w+)\"")]
    private static partial Regex References();
}
