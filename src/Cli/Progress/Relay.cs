namespace CAManim.Native.Cli.Progress;

/// <summary>Progress told at once, on the thread that tells it; <see cref="Progress{T}"/> would queue it.</summary>
internal sealed class Relay<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
