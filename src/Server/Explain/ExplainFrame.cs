namespace CAManim.Native.Server.Explain;

/// <summary>One map in numbers; its values come as safetensors.</summary>
/// <param name="Name">Qualified name of the module.</param>
/// <param name="ModuleClass">Class of the module.</param>
/// <param name="Channels">C.</param>
/// <param name="Height">h.</param>
/// <param name="Width">w.</param>
/// <param name="Minimum">Zero of the local normalisation.</param>
/// <param name="Maximum">One of the local normalisation.</param>
/// <param name="IsConstant">Whether it has one value only.</param>
/// <param name="HasNonFinite">Whether it holds NaN or infinity.</param>
/// <param name="Peak">Where it is largest.</param>
internal sealed record ExplainFrame(string Name, string ModuleClass, int Channels, int Height, int Width, float? Minimum, float? Maximum, bool IsConstant, bool HasNonFinite, Peak Peak);
