using System.Globalization;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.SelfTest;

/// <summary>The entry of this assembly: run by itself (<c>dotnet exec CAManim.Native.Engine.dll</c>) it tests what libtorch computes here, and says it line by line.</summary>
/// <remarks>The library starts it as a child process, once a machine, for what dies of a wrong processor dies there. It ends when its standard input does.</remarks>
internal static class SelfTestProgram
{
    /// <summary>What it must be called with: nobody runs it by mistake.</summary>
    public const string Argument = "--test-processor";

    /// <returns>0 when all was computed, rightly or wrongly; 2 without the argument.</returns>
    public static int Main(string[] arguments)
    {
        if (arguments is not [Argument])
        {
            Console.Error.WriteLine("CAManim.Native.Engine is a library. Run by itself it only tests the processor, when a program that uses it asks for that.");
            return 2;
        }

        // The pipe closes when the parent ends, however it ends.
        new Thread(static () =>
        {
            while (Console.In.Read() >= 0)
            {
            }

            Environment.Exit(3);
        })
        { IsBackground = true }.Start();
        foreach (SelfTestCase test in SelfTestCases.All(get_num_threads()))
        {
            // Said before as well: the case that ends the process is then known.
            string type = test.Type == ScalarType.BFloat16 ? "bfloat16" : "float32";
            Say($"begin\t{type}\t{test.Name}");
            (double error, string where) = test.Run();
            Say(string.Create(CultureInfo.InvariantCulture, $"end\t{type}\t{test.Name}\t{error:R}\t{test.Limit:R}\t{where}"));
        }

        Say("done");
        return 0;
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
