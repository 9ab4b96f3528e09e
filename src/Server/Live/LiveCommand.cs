namespace CAManim.Native.Server.Live;

/// <summary>What a page asks for.</summary>
/// <param name="Type">drawn, settings, look, pause, show or record.</param>
/// <param name="Target">settings: the target; null leaves it.</param>
/// <param name="Method">settings: the method; null leaves it.</param>
/// <param name="Layers">settings: the selection; null leaves it.</param>
/// <param name="ColorMap">look: the colour map of the page; null leaves it.</param>
/// <param name="Alpha">look: share of the colours over the picture; null leaves it.</param>
/// <param name="On">pause and record.</param>
/// <param name="Layer">show: number of the layer; null: one after the other.</param>
internal sealed record LiveCommand(string Type, string? Target = null, string? Method = null, string? Layers = null, string? ColorMap = null, float? Alpha = null, bool On = false, int? Layer = null);
