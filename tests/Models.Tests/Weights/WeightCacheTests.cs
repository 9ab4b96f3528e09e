using System.Diagnostics;
using System.Security.Cryptography;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Tests.Weights;

public sealed class WeightCacheTests : IDisposable
{
    private readonly WeightFiles _files = new();
    private readonly byte[] _content = new byte[300_000];
    private readonly PublishedWeights _weights;

    public WeightCacheTests()
    {
        new Random(1).NextBytes(_content);
        _weights = new PublishedWeights("net", "IMAGENET1K_V1", $"net-{Convert.ToHexStringLower(SHA256.HashData(_content))[..8]}.pth", 224, 256, true);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_file_is_downloaded_once()
    {
        using var server = new WeightServer(_content);
        var progress = new List<DownloadProgress>();
        DownloadOptions options = Options(server) with { Progress = new Immediate(progress) };
        string path = WeightCache.Fetch(_weights, options);
        Assert.Equal(_content, File.ReadAllBytes(path));
        Assert.Equal(new DownloadProgress(_weights.FileName, 300_000, 300_000), progress[^1]);
        Assert.Equal(path, WeightCache.Fetch(_weights, options with { IsOffline = true }));
        Assert.Single(server.Starts);
    }

    [Fact]
    public void A_broken_connection_is_resumed_where_it_ended()
    {
        using var server = new WeightServer(_content);
        server.Cuts.Enqueue(100_000);
        server.Cuts.Enqueue(50_000);
        Assert.Equal(_content, File.ReadAllBytes(WeightCache.Fetch(_weights, Options(server))));
        Assert.Equal([0, 100_000, 150_000], server.Starts);
    }

    [Fact]
    public void A_later_run_resumes_what_an_earlier_one_left()
    {
        using var server = new WeightServer(_content);
        server.Cuts.Enqueue(120_000);
        WeightFileException broken = Assert.Throws<WeightFileException>(() => WeightCache.Fetch(_weights, Options(server) with { Attempts = 1 }));
        Assert.Contains("resumed", broken.Message);
        Assert.Equal(_content, File.ReadAllBytes(WeightCache.Fetch(_weights, Options(server))));
        Assert.Equal([0, 120_000], server.Starts);
    }

    [Fact]
    public void A_server_without_ranges_sends_everything_again()
    {
        using var server = new WeightServer(_content) { IgnoresRanges = true };
        server.Cuts.Enqueue(100_000);
        Assert.Equal(_content, File.ReadAllBytes(WeightCache.Fetch(_weights, Options(server))));
    }

    [Fact]
    public void A_wrong_hash_is_refused_and_nothing_stays()
    {
        using var server = new WeightServer(new byte[1000]);
        Assert.Contains("SHA-256", Assert.Throws<WeightFileException>(() => WeightCache.Fetch(_weights, Options(server))).Message);
        Assert.DoesNotContain(Directory.GetFiles(_files.Folder), f => f.EndsWith(".pth", StringComparison.Ordinal) || f.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_file_is_named_at_once()
    {
        using var server = new WeightServer(_content) { IsMissing = true };
        WeightFileException missing = Assert.Throws<WeightFileException>(() => WeightCache.Fetch(_weights, Options(server)));
        Assert.Contains("404", missing.Message);
        Assert.Contains(_weights.FileName, missing.Message);
        Assert.Single(server.Starts);
    }

    [Fact]
    public void Offline_says_what_to_put_where()
    {
        string message = Assert.Throws<WeightFileException>(() => WeightCache.Fetch(_weights, new DownloadOptions { CacheFolder = _files.Folder, IsOffline = true })).Message;
        Assert.Contains(Path.Combine(_files.Folder, _weights.FileName), message);
    }

    [Fact]
    public void No_server_is_a_clear_error()
    {
        var server = new WeightServer(_content);
        DownloadOptions options = Options(server) with { Attempts = 2 };
        server.Dispose();
        Assert.Contains("cannot be downloaded", Assert.Throws<WeightFileException>(() => WeightCache.Fetch(_weights, options)).Message);
    }

    [Fact]
    public void Several_at_once_download_once()
    {
        using var server = new WeightServer(_content);
        Parallel.For(0, 4, _ => Assert.Equal(_content, File.ReadAllBytes(WeightCache.Fetch(_weights, Options(server)))));
        Assert.Single(server.Starts);
    }

    [Fact]
    public void Two_processes_at_once_download_once()
    {
        using var server = new WeightServer(_content) { Delay = TimeSpan.FromSeconds(2) };
        Process[] both = [Fetcher(server), Fetcher(server)];
        foreach (Process process in both)
        {
            using (process)
            {
                string output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                Assert.True(process.ExitCode == 0, output);
                Assert.Contains("Total: 1", output, StringComparison.Ordinal);
                Assert.Contains("Skipped: 0", output, StringComparison.Ordinal);
            }
        }

        Assert.Single(server.Starts);
    }

    [Fact]
    public void Cancelling_stops_and_keeps_what_is_there()
    {
        using var server = new WeightServer(_content);
        using var source = new CancellationTokenSource();
        var progress = new Immediate([], source.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => WeightCache.Fetch(_weights, Options(server) with { Progress = progress, CancellationToken = source.Token }));
        Assert.True(new FileInfo(Path.Combine(_files.Folder, _weights.FileName + ".partial")).Length > 0);
    }

    [Fact]
    public void Every_network_of_torchvision_has_default_weights()
    {
        string[] networks = [.. ModelZoo.Names.Where(n => PublishedWeights.Of(n).Count > 0)];
        Assert.Equal(78, networks.Length);
        Assert.All(networks, name =>
        {
            PublishedWeights weights = PublishedWeights.Find(name, "default")!;
            Assert.Matches("^[0-9a-f]{8,10}$", weights.HashPrefix);
        });
        Assert.Equal("resnet50-0676ba61.pth", PublishedWeights.Find("resnet50", "imagenet1k_v1")!.FileName);
        Assert.Equal("resnet50-11ad3fa6.pth", PublishedWeights.Find("resnet50", "default")!.FileName);
    }

    [Fact]
    public void Unknown_variants_are_listed()
    {
        using LoadedModel resnet = ModelZoo.Create("resnet18");
        Assert.Contains("IMAGENET1K_V1", Assert.Throws<WeightFileException>(() => resnet.LoadWeights("IMAGENET1K_V9")).Message);
        using LoadedModel cifar = ModelZoo.Create("cifar10_resnet20");
        Assert.Contains("no published weights", Assert.Throws<WeightFileException>(() => cifar.LoadWeights("default")).Message);
    }

    private Process Fetcher(WeightServer server)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["-class", typeof(InAnotherProcess).FullName!]) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(WeightCacheTests).Assembly.Location);
        }

        start.Environment[InAnotherProcess.Variable] = string.Join('|', _weights.FileName, server.Address, _files.Folder);
        return Process.Start(start)!;
    }

    private DownloadOptions Options(WeightServer server) => new() { BaseAddress = server.Address, CacheFolder = _files.Folder };

    private sealed class Immediate(List<DownloadProgress> reports, Action? then = null) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            reports.Add(value);
            then?.Invoke();
        }
    }

    /// <summary>Run by a test above in two processes at once.</summary>
    public sealed class InAnotherProcess
    {
        public const string Variable = "CAMANIM_TEST_FETCH";

        [Fact]
        public void Fetches()
        {
            string[] asked = Environment.GetEnvironmentVariable(Variable)?.Split('|') ?? [];
            Assert.SkipUnless(asked.Length == 3, "run by another test, in two processes at once");
            PublishedWeights weights = new("net", "IMAGENET1K_V1", asked[0], 224, 256, true);
            string path = WeightCache.Fetch(weights, new DownloadOptions { BaseAddress = new Uri(asked[1]), CacheFolder = asked[2] });
            Assert.StartsWith(weights.HashPrefix, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), StringComparison.Ordinal);
        }
    }
}
