using System.Globalization;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Weights.Matching;

/// <summary>Which tensor of a file belongs into which of a network. Nothing is changed before <see cref="Adapt"/>.</summary>
internal sealed class WeightMatch
{
    private readonly nn.Module _network;
    private readonly FileKeys _keys;
    private readonly Dictionary<string, WeightEntry> _found = new(StringComparer.Ordinal);
    private readonly List<HeadMatch> _heads = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _misshapen = [];
    private readonly List<WeightEntry> _other = [];
    private readonly HashSet<string> _without = new(StringComparer.Ordinal);

    private WeightMatch(nn.Module network, WeightFile file)
    {
        _network = network;
        (string Key, Tensor Tensor)[] state = [.. ModuleState.Of(network)];
        HashSet<string> keys = new(state.Select(s => s.Key), StringComparer.Ordinal);
        _keys = new FileKeys(file, keys);
        Tensors = state.Length;
        WithoutAuxiliary();
        foreach (NetworkHead head in NetworkHead.Of(network).Where(h => !_without.Contains(h.WeightKey)))
        {
            if (HeadMatch.Find(head, [.. state.First(s => s.Key == head.WeightKey).Tensor.shape], _keys, keys) is { } found)
            {
                _heads.Add(found);
            }
        }

        Match(state);
        string[] own = [.. keys.Select(First).Distinct()];
        HashSet<WeightEntry> used = [.. _found.Values, .. _other];
        ILookup<bool, WeightEntry> rest = _keys.Entries.Where(e => !used.Contains(e.Value)).ToLookup(e => own.Contains(First(e.Key)), e => e.Value);
        Unexpected = [.. rest[true]];
        Unused = [.. rest[false], .. _keys.Beside];
    }

    /// <summary>Number of tensors of the network.</summary>
    public int Tensors { get; }

    /// <summary>Tensors of the file that stand where the network has no such part: a loss, a count, a second network.</summary>
    public IReadOnlyList<WeightEntry> Unused { get; }

    /// <summary>Tensors of the file that stand inside of a part of the network that has none such: of another architecture.</summary>
    public IReadOnlyList<WeightEntry> Unexpected { get; }

    /// <summary>Keys of the network that the file lacks.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Keys whose shapes differ, each with both.</summary>
    public IReadOnlyList<string> Misshapen => _misshapen;

    /// <summary>What stands before the keys, with its dot.</summary>
    public string Prefix => _keys.Prefix;

    /// <summary>Number of classes of the main head; null where the network is not of the zoo.</summary>
    public int? Classes => _heads.FirstOrDefault(h => !h.Head.IsAuxiliary)?.Classes;

    /// <summary>Whether all that the network needs is there, and nothing that belongs to another.</summary>
    public bool IsGood => _missing.Count + _misshapen.Count + Unexpected.Count == 0 && Rival is null;

    /// <summary>Another prefix under which there is a whole network too, where neither name says which is meant; or null.</summary>
    public string? Rival => _missing.Count + _misshapen.Count > 0 || KeyPrefix.IsUsual(Prefix) || _keys.Rivals.Count == 0 ? null : _keys.Rivals[0];

    /// <summary>The file's tensors in the place of the head, where all other tensors fit: a head of several layers, or of another width; else empty.</summary>
    public IReadOnlyList<string> HeadKeys
    {
        get
        {
            string[] parts = [.. NetworkHead.Of(_network).Select(h => First(h.Key)).Distinct()];
            return _missing.Count > 0 && _found.Count > 0 && _missing.All(k => parts.Contains(First(k))) && _misshapen.All(k => parts.Contains(First(k))) && Unexpected.All(e => parts.Contains(First(e.Key[Prefix.Length..])))
                ? [.. Unexpected.Where(e => e.Shape.Count > 1).Select(e => $"{Shown.Text(e.Key)} [{string.Join(',', e.Shape)}]")]
                : [];
        }
    }

    /// <summary>Compares.</summary>
    public static WeightMatch Find(nn.Module network, WeightFile file) => new(network, file);

    /// <summary>What a user should know of a match that is good, a line each.</summary>
    public IEnumerable<string> Remarks()
    {
        foreach (HeadMatch head in _heads.Where(h => !h.Head.IsAuxiliary))
        {
            string key = head.Weight.Key[Prefix.Length..];
            if (head.Classes != head.Before || key != head.Head.WeightKey)
            {
                yield return $"the head has {head.Classes.ToString(CultureInfo.InvariantCulture)} classes (from '{Shown.Text(head.Weight.Key)}' [{string.Join(',', head.Weight.Shape)}]).";
            }
        }

        if (_without.Count > 0)
        {
            yield return "the auxiliary heads are not in the file; only training uses them.";
        }

        if (Unused.Count > 0)
        {
            yield return $"{Unused.Count} of the file's tensors are no part of the network and were not used: {string.Join(", ", Unused.Take(3).Select(e => Shown.Text(e.Key)))}{(Unused.Count > 3 ? ", ..." : "")}.";
        }
    }

    /// <summary>Gives the heads the file's number of classes.</summary>
    /// <returns>Where each tensor belongs; those without are to be zero.</returns>
    public IReadOnlyList<(string Key, Tensor Tensor, WeightEntry? Entry)> Adapt()
    {
        foreach (HeadMatch head in _heads)
        {
            bool hasBias = head.Bias is not null;
            Tensor weight = ModuleState.Of(_network).First(s => s.Key == head.Head.WeightKey).Tensor;
            if (weight.shape[0] != head.Classes || head.Head.Layer.HasBias != hasBias)
            {
                head.Head.Layer.SetClasses(head.Classes, hasBias);
            }
        }

        return [.. ModuleState.Of(_network).Select(s => (s.Key, s.Tensor, _found.GetValueOrDefault(s.Key))).Where(p => p.Item3 is not null || _without.Contains(p.Key))];
    }

    /// <summary>Auxiliary heads that the file has nothing of are left out.</summary>
    private void WithoutAuxiliary()
    {
        foreach (string root in _network is Block ? NetworkHead.AuxiliaryRoots(_network) : [])
        {
            if (!_keys.Entries.Keys.Any(k => k.StartsWith(root, StringComparison.Ordinal)))
            {
                _without.UnionWith(ModuleState.Of(_network).Select(s => s.Key).Where(k => k.StartsWith(root, StringComparison.Ordinal)));
            }
        }
    }

    private void Match((string Key, Tensor Tensor)[] state)
    {
        Dictionary<string, HeadMatch> weights = _heads.ToDictionary(h => h.Head.WeightKey, StringComparer.Ordinal);
        Dictionary<string, HeadMatch> biases = _heads.ToDictionary(h => h.Head.BiasKey, StringComparer.Ordinal);
        foreach (HeadMatch head in _heads)
        {
            _found[head.Head.WeightKey] = head.Weight;
            if (head.Bias is not null)
            {
                _found[head.Head.BiasKey] = head.Bias;
            }
        }

        foreach ((string key, Tensor tensor) in state.Where(s => !weights.ContainsKey(s.Key) && !biases.ContainsKey(s.Key) && !_without.Contains(s.Key)))
        {
            WeightEntry? entry = _keys.Find(key);
            if (entry is null)
            {
                // Files older than PyTorch 0.4.1 do not count batches; nothing is computed from the count.
                if (!key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                {
                    _missing.Add(key);
                }
            }
            else if (!entry.Shape.SequenceEqual(tensor.shape))
            {
                _misshapen.Add($"{key} [{string.Join(',', entry.Shape)}] in the file, [{string.Join(',', tensor.shape)}] in the network");
                _other.Add(entry);
            }
            else
            {
                _found[key] = entry;
            }
        }
    }

    private static string First(string key) => key.Contains('.', StringComparison.Ordinal) ? key[..key.IndexOf('.', StringComparison.Ordinal)] : key;
}
