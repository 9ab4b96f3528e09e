namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>What is wrong with a pickle; each wants another advice.</summary>
internal enum PickleFault
{
    /// <summary>It is not as it was written.</summary>
    Damage,

    /// <summary>It is whole, and holds something else than is needed.</summary>
    Content,

    /// <summary>It asks for what is not given.</summary>
    Refusal,
}
