namespace CAManim.Native.Kernels.Imputation;

/// <summary>The imputation itself: removed pixels are means of their neighbours.</summary>
internal readonly struct NoSource : ISource
{
    public static bool IsThere => false;
}
