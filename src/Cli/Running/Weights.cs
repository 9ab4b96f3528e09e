using CAManim.Native.Cli.Progress;
using CAManim.Native.Models;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Running;

/// <summary>Puts weights into a network, downloading them where they are published ones.</summary>
internal static class Weights
{
    private const int Mebibyte = 1 << 20;

    public static void Load(LoadedModel model, string weights, bool isOffline, RunProgress progress, CancellationToken cancellation) =>
        model.LoadWeights(weights, new DownloadOptions
        {
            IsOffline = isOffline,
            Progress = new Relay<DownloadProgress>(p => progress.Report((int)(p.ReceivedBytes / Mebibyte), (int)((p.TotalBytes ?? p.ReceivedBytes) / Mebibyte), $"MiB of {p.FileName}")),
            CancellationToken = cancellation,
        });
}
