using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Models;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Running;

/// <summary>Makes networks, and puts weights into them, downloading those that are published ones.</summary>
internal static class Networks
{
    private const int Mebibyte = 1 << 20;

    /// <summary>The network without values; its classes are known, those of a weight file too.</summary>
    /// <exception cref="UsageException">There is no such network, or the names of the classes do not fit.</exception>
    /// <exception cref="WeightFileException">The weight file cannot be used or does not fit.</exception>
    public static LoadedModel Create(NetworkRequest request)
    {
        LoadedModel model = Usage.Check(() => ModelZoo.Create(request.Model));
        try
        {
            if (request.Classes is { } classes)
            {
                Usage.Check(() =>
                {
                    model.NameClasses(ClassNames.Read(classes));
                    return model;
                });
            }

            if (request.Weights is { } weights)
            {
                model.OpenWeights(weights, request.WeightsKey);
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Gives it values.</summary>
    /// <param name="model">What <see cref="Create"/> made.</param>
    /// <param name="request">The same.</param>
    /// <param name="progress">Told of a download.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <param name="otherwise">Weights where none were asked for.</param>
    public static void Load(LoadedModel model, NetworkRequest request, RunProgress progress, CancellationToken cancellation, string? otherwise = null)
    {
        DownloadOptions download = new()
        {
            IsOffline = request.IsOffline,
            Progress = new Relay<DownloadProgress>(p => progress.Report((int)(p.ReceivedBytes / Mebibyte), (int)((p.TotalBytes ?? p.ReceivedBytes) / Mebibyte), $"MiB of {p.FileName}")),
            CancellationToken = cancellation,
        };
        model.LoadWeights((request.Weights ?? otherwise)!, download, request.WeightsKey);
        foreach (string remark in model.Remarks)
        {
            request.Warn(remark);
        }
    }

    /// <summary>What a network is called on frames: made-up weights are named, their maps mean nothing.</summary>
    public static string Title(LoadedModel model) => model.HasMadeUpWeights ? $"{model.Name} (made-up weights)" : model.Name;

    /// <summary>What weights are called in captions and summaries.</summary>
    public static string NameOfWeights(LoadedModel model, string weights) => model.HasMadeUpWeights ? $"{weights} (made up)" : weights;
}
