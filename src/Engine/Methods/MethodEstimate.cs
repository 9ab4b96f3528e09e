namespace CAManim.Native.Engine.Methods;

/// <summary>What a method costs on a network.</summary>
/// <param name="Method">The method.</param>
/// <param name="Layers">Layers that it has a map of.</param>
/// <param name="Forwards">Forwards of one image, all layers together; a backward counts as two. Those that start at a layer count whole.</param>
public sealed record MethodEstimate(CamMethod Method, int Layers, double Forwards);
