namespace CAManim.Native.Cli.Json;

/// <summary>An object of a picture that the tool drew.</summary>
/// <param name="Index">Index of its class.</param>
/// <param name="Name">Name of its class.</param>
/// <param name="Area">Share of the picture that it covers: the energy that a map without any preference has there.</param>
internal sealed record CompareObject(int Index, string Name, double Area);
