using CAManim.Native.Cli;

using Termination termination = new();
return Application.Run(args, Console.Out, Console.Error, termination);
