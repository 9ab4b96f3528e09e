namespace CAManim.Native.Engine.Methods;

/// <summary>A CAM method: its description; how it computes is the business of its family.</summary>
internal abstract class MapMethod
{
    /// <summary>What it is and what it costs.</summary>
    public abstract MethodDescription Description { get; }
}
