namespace CAManim.Native.Kernels.Maps;

/// <summary>A module that shows its attention: implemented by networks, used by methods that look at attention.</summary>
/// <typeparam name="TTensor">The tensor type of the module's library.</typeparam>
public interface IAttentionMaps<TTensor>
{
    /// <summary>
    /// While it is set, every forward computes its attention [N,heads,T,T], whose rows sum up to 1, as a matrix, hands it to this function and
    /// goes on with what that returns. Null, the default: attention need never lie in memory.
    /// </summary>
    Func<TTensor, TTensor>? AttentionFilter { get; set; }
}
