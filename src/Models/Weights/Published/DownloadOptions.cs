namespace CAManim.Native.Models.Weights;

/// <summary>Where published weights come from and where they are kept.</summary>
public sealed record DownloadOptions
{
    /// <summary>The folder of all files; <c>CAMANIM_WEIGHTS_URL</c> overrides torchvision's address, for a mirror.</summary>
    public Uri BaseAddress { get; init; } = new(Environment.GetEnvironmentVariable("CAMANIM_WEIGHTS_URL") is { Length: > 0 } mirror ? mirror.TrimEnd('/') + "/" : "https://download.pytorch.org/models/");

    /// <summary>The folder that files are kept in: torch hub's, so that Python and this share them.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>Never to use the network.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Told how far a download has come, or null.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>Stops a download; what is there is kept and resumed later.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Attempts after a broken connection, each going on where the last one ended.</summary>
    public int Attempts { get; init; } = 5;

    private static string DefaultCacheFolder()
    {
        // As torch.hub has it: TORCH_HOME, else torch in the user's cache folder.
        string? home = Environment.GetEnvironmentVariable("TORCH_HOME");
        if (string.IsNullOrEmpty(home))
        {
            string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            home = Path.Combine(string.IsNullOrEmpty(cache) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache") : cache, "torch");
        }

        return Path.Combine(home, "hub", "checkpoints");
    }
}
