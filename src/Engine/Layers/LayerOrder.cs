namespace CAManim.Native.Engine.Layers;

/// <summary>Order of the frames.</summary>
public enum LayerOrder
{
    /// <summary>The order in which the module calls return; a container follows its children.</summary>
    Execution,

    /// <summary>The order of <c>named_modules()</c>, as in the published Python code; a container precedes its children.</summary>
    Registration,
}
