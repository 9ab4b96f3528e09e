using System.Runtime.CompilerServices;
using CAManim.Native.Cli;
using CAManim.Native.Cli.Errors;

return OpenFileLimit.IsTooLow() ? ExitCodes.Failure : Run(args);

// Apart, so that nothing of it is loaded before the limit was looked at.
[MethodImpl(MethodImplOptions.NoInlining)]
static int Run(string[] args)
{
    using Termination termination = new();
    return Application.Run(args, Console.Out, Console.Error, termination);
}
