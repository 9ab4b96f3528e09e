namespace CAManim.Native.Perf.Gpu;

/// <summary>Cases that share memory of the device.</summary>
internal sealed class CaseGroup(params IDisposable[] owned) : IDisposable
{
    private readonly List<IDisposable> _owned = [.. owned];

    public List<KernelCase> Cases { get; } = [];

    /// <summary>Keeps something until the group is done.</summary>
    public T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    public void Dispose()
    {
        _owned.Reverse();
        _owned.ForEach(one => one.Dispose());
    }
}
