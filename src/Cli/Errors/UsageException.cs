namespace CAManim.Native.Cli.Errors;

/// <summary>The command asks for something that does not exist; found before anything was done.</summary>
internal sealed class UsageException(string message) : Exception(message);
