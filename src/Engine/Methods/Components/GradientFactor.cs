namespace CAManim.Native.Engine.Methods.Components;

/// <summary>What an activation is multiplied by before its principal component is taken.</summary>
internal enum GradientFactor
{
    /// <summary>1.</summary>
    None,

    /// <summary>G.</summary>
    Signed,

    /// <summary>|G|.</summary>
    Magnitude,
}
