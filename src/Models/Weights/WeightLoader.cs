using System.Runtime.ExceptionServices;
using CAManim.Native.Models.Weights.Matching;
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
    /// <exception cref="WeightFileException">The file cannot be used, or holds numbers that are not finite.</exception>
    public static void Load(nn.Module module, string path)
    {
        using WeightFile file = WeightFile.Open(path);
        Load(module, file);
    }

    /// <summary>Loads an open file. A head of the zoo's networks takes the number of classes that the file has; tensors for which the network has no part are left.</summary>
    /// <param name="module">The network, on the CPU; its tensors keep their element type.</param>
    /// <param name="file">The file; stays open.</param>
    /// <exception cref="WeightMismatchException">Keys or shapes differ; the network is unchanged.</exception>
    /// <exception cref="WeightFileException">Bytes cannot be read or are not finite; the network is filled, perhaps partly.</exception>
    public static void Load(nn.Module module, WeightFile file)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(file);
        WeightMatch match = WeightMatch.Find(module, file);
        if (!match.IsGood)
        {
            throw new WeightMismatchException(file, module.GetName(), match);
        }

        Read(file, match);
    }

    /// <summary>Reads what was matched.</summary>
    internal static void Read(WeightFile file, WeightMatch match)
    {
        (string Key, Tensor Tensor, WeightEntry? Entry)[] places = [.. match.Adapt()];
        bool[] isFinite = new bool[places.Length];
        try
        {
            // Reading is mostly page faults of the destination, which threads share well.
            Parallel.For(0, places.Length, i =>
            {
                if (IsDirect(places[i].Tensor) && places[i].Entry is { } entry)
                {
                    isFinite[i] = WeightConversion.Read(entry, TypeOf(places[i].Tensor, entry), places[i].Tensor.bytes);
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        using IDisposable noGradient = no_grad();
        for (int i = 0; i < places.Length; i++)
        {
            (_, Tensor tensor, WeightEntry? entry) = places[i];
            if (entry is null)
            {
                tensor.zero_();
                isFinite[i] = true;
            }
            else if (!IsDirect(tensor))
            {
                using Tensor staging = empty(tensor.shape, tensor.dtype);
                isFinite[i] = WeightConversion.Read(entry, TypeOf(tensor, entry), staging.bytes);
                tensor.copy_(staging);
            }
        }

        int first = Array.IndexOf(isFinite, false);
        if (first >= 0)
        {
            throw NotFinite(file, places[first].Key, places[first].Tensor, isFinite.Count(f => !f));
        }
    }

    private static WeightFileException NotFinite(WeightFile file, string key, Tensor tensor, int count)
    {
        using Tensor flat = tensor.flatten();
        using Tensor places = isfinite(flat).logical_not_().nonzero();
        long at = places.shape[0] == 0 ? 0 : places[0, 0].item<long>();
        return new WeightFileException($"The weights of '{file.Path}' are not all finite: '{Shown.Text(key)}' [{string.Join(',', tensor.shape)}] has {places.shape[0]} such values, the first ({flat[at].item<float>()}) at {at}; {count} of the tensors have some. The training diverged, or the file was written by a broken conversion: take an earlier checkpoint.");
    }

    private static bool IsDirect(Tensor tensor) => tensor.is_contiguous() && tensor.device_type == DeviceType.CPU;

    private static WeightType TypeOf(Tensor tensor, WeightEntry entry) => WeightTypes.OfTorch(tensor.dtype)
        ?? throw new NotSupportedException($"'{entry.Key}' of the network has the element type {tensor.dtype}, into which no weights can be read. Convert the network to float32 first.");
}
