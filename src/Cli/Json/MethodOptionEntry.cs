namespace CAManim.Native.Cli.Json;

/// <summary>An option of a method as <c>methods --json</c> prints it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Standard">Its value where none is given.</param>
/// <param name="Value">What values there are.</param>
/// <param name="Description">What it does.</param>
internal sealed record MethodOptionEntry(string Name, string Standard, string Value, string Description);
