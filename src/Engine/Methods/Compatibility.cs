namespace CAManim.Native.Engine.Methods;

/// <summary>Whom a method follows where the papers and the Python peers differ.</summary>
public enum Compatibility
{
    /// <summary>The paper.</summary>
    Paper,

    /// <summary>pytorch-grad-cam; each difference is described at its method.</summary>
    Reference,
}
