namespace CAManim.Native.Kernels.Imputation;

/// <summary>How a solve ended.</summary>
public enum ImputationStatus
{
    /// <summary>The estimated error is within the tolerance.</summary>
    Solved,

    /// <summary>Nothing was removed: the result is the image.</summary>
    NothingRemoved,

    /// <summary>Every pixel was removed: there is nothing to impute from, the result is zero.</summary>
    EverythingRemoved,

    /// <summary>The tolerance was not met: below float32's resolution at this magnitude, or the known pixels hold NaN or infinity.</summary>
    NotConverged,
}
