namespace CAManim.Native.Kernels.Imputation;

/// <summary>
/// Memory of <see cref="LinearImputation"/>, used again by every solve of the same image size: about 50 bytes a pixel.
/// </summary>
/// <remarks>For one solve at a time; take one a thread.</remarks>
public sealed class ImputationWorkspace
{
    [ThreadStatic]
    private static ImputationWorkspace? _ofThread;

    private Multigrid? _multigrid;

    /// <summary>This thread's workspace.</summary>
    internal static ImputationWorkspace OfThread => _ofThread ??= new ImputationWorkspace();

    /// <summary>The grids of this size; another size takes the place of the one before.</summary>
    internal Multigrid For(int height, int width)
    {
        if (_multigrid is null || _multigrid.Grid.Layout != new GridLayout(height, width))
        {
            _multigrid = new Multigrid(height, width);
        }

        return _multigrid;
    }
}
