using CAManim.Native.Cli.Options;
using CAManim.Native.Server;

namespace CAManim.Native.Cli.Running;

/// <summary>What is served and where.</summary>
internal sealed record ServeRequest(string Device, NetworkRequest Network, ServerOptions Server);
