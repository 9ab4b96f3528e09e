using CAManim.Native.Server;

namespace CAManim.Native.Cli.Running;

/// <summary>What is served and where.</summary>
internal sealed record ServeRequest(string Device, string Model, string Weights, bool IsOffline, ServerOptions Server);
