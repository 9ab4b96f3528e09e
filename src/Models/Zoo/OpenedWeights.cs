using CAManim.Native.Models.Weights;
using CAManim.Native.Models.Weights.Matching;
using CAManim.Native.Models.Weights.Pickle;

namespace CAManim.Native.Models;

/// <summary>A weight file that was opened for a network and fits it; nothing is read yet.</summary>
internal sealed class OpenedWeights : IDisposable
{
    private readonly WeightFile _file;
    private readonly WeightMatch _match;
    private readonly string _asked;
    private readonly string? _stateKey;

    /// <exception cref="WeightFileException">The file cannot be used or does not fit.</exception>
    public OpenedWeights(LoadedModel model, string path, string asked, string? stateKey)
    {
        (_asked, _stateKey) = (asked, stateKey);
        _file = WeightFile.Open(path, stateKey);
        _match = WeightMatch.Find(model.Module, _file);
        if (!_match.IsGood)
        {
            using WeightFile file = _file;
            throw new WeightMismatchException(file, model.Name, _match, WeightAdvice.Of(file, _match, model.Name));
        }
    }

    /// <summary>Number of classes; null where the network is not of the zoo.</summary>
    public int? Classes => _match.Classes;

    /// <summary>What a user should know, a sentence each.</summary>
    public IEnumerable<string> Remarks
    {
        get
        {
            if (_stateKey is null && (_file.OtherStates.Count > 0 || !PickledState.IsUsual(_file.StateKey)))
            {
                string others = _file.OtherStates.Count == 0 ? "" : $"; there are also {string.Join(", ", _file.OtherStates.Take(4).Select(Shown.Text))}{(_file.OtherStates.Count > 4 ? ", ..." : "")} (--weights-key)";
                yield return $"the weights under '{Shown.Text(_file.StateKey)}' were taken{others}.";
            }

            foreach (string remark in _match.Remarks())
            {
                yield return remark;
            }
        }
    }

    /// <summary>Whether it is what these arguments ask for.</summary>
    public bool Is(string asked, string? stateKey) => (_asked, _stateKey) == (asked, stateKey);

    /// <summary>Fills the network.</summary>
    public void Read() => WeightLoader.Read(_file, _match);

    public void Dispose() => _file.Dispose();
}
