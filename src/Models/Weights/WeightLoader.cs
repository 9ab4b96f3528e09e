using System.Runtime.ExceptionServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Weights;

/// <summary>Puts the tensors of a weight file into a network, each straight from the file into its place.</summary>
public static class WeightLoader
{
    /// <summary>Loads a file of any known format.</summary>
    /// <param name="module">The network, on the CPU; its tensors keep their element type.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightMismatchException">Keys or shapes differ; the network is unchanged.</exception>
    /// <exception cref="WeightFileException">The file cannot be used.</exception>
    public static void Load(nn.Module module, string path)
    {
        using WeightFile file = WeightFile.Open(path);
        Load(module, file);
    }

    /// <summary>Loads an open file.</summary>
    /// <param name="module">The network, on the CPU; its tensors keep their element type.</param>
    /// <param name="file">The file; stays open.</param>
    /// <exception cref="WeightMismatchException">Keys or shapes differ; the network is unchanged.</exception>
    /// <exception cref="WeightFileException">Bytes cannot be read; the network is partly filled.</exception>
    public static void Load(nn.Module module, WeightFile file)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(file);
        List<(Tensor Tensor, WeightEntry Entry)> pairs = Match(module, file);

        try
        {
            // Reading is mostly page faults of the destination, which threads share well.
            Parallel.ForEach(pairs.Where(p => IsDirect(p.Tensor)), pair => WeightConversion.Read(pair.Entry, TypeOf(pair.Tensor, pair.Entry), pair.Tensor.bytes));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        using var noGradient = no_grad();
        foreach ((Tensor tensor, WeightEntry entry) in pairs.Where(p => !IsDirect(p.Tensor)))
        {
            using Tensor staging = empty(tensor.shape, tensor.dtype);
            WeightConversion.Read(entry, TypeOf(tensor, entry), staging.bytes);
            tensor.copy_(staging);
        }
    }

    private static bool IsDirect(Tensor tensor) => tensor.is_contiguous() && tensor.device_type == DeviceType.CPU;

    private static WeightType TypeOf(Tensor tensor, WeightEntry entry) => WeightTypes.OfTorch(tensor.dtype)
        ?? throw new NotSupportedException($"'{entry.Key}' of the network has the element type {tensor.dtype}, into which no weights can be read. Convert the network to float32 first.");

    private static List<(Tensor Tensor, WeightEntry Entry)> Match(nn.Module module, WeightFile file)
    {
        (string Key, Tensor Tensor)[] state = [.. ModuleState.Of(module)];
        Dictionary<string, WeightEntry> legacy = file.Entries.Where(e => LegacyKey.Renamed(e.Key) != e.Key).DistinctBy(e => LegacyKey.Renamed(e.Key)).ToDictionary(e => LegacyKey.Renamed(e.Key), StringComparer.Ordinal);
        string prefix = KeyPrefix.ToRemove([.. file.Entries.Select(e => e.Key)], [.. state.Select(s => s.Key)]);
        var pairs = new List<(Tensor, WeightEntry)>(state.Length);
        var missing = new List<string>();
        var misshapen = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string key, Tensor tensor) in state)
        {
            WeightEntry? entry = file.Find(prefix + key) ?? legacy.GetValueOrDefault(prefix + key);
            known.Add(entry?.Key ?? prefix + key);
            if (entry is null)
            {
                // Files older than PyTorch 0.4.1 do not count batches; nothing is computed from the count.
                if (!key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                {
                    missing.Add(key);
                }
            }
            else if (!entry.Shape.SequenceEqual(tensor.shape))
            {
                misshapen.Add($"{key} [{string.Join(',', entry.Shape)}] in the file, [{string.Join(',', tensor.shape)}] in the network");
            }
            else
            {
                pairs.Add((tensor, entry));
            }
        }

        string[] unexpected = [.. file.Entries.Where(e => !known.Contains(e.Key)).Select(e => e.Key)];
        if (missing.Count + unexpected.Length + misshapen.Count > 0)
        {
            throw new WeightMismatchException(file.Path, module.GetName(), missing, unexpected, misshapen);
        }

        return pairs;
    }
}
