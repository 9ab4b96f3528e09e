using System.Diagnostics;

namespace CAManim.Native.Models.Tests;

/// <summary>Seeded damage to good files, and what opening them may cost.</summary>
internal static class Mutations
{
    /// <summary>Processor time of one file: damaged ones are small, so this is a hang.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>A truncation, flipped bits, bytes set to all zeros or ones, or bytes left out.</summary>
    public static byte[] Of(byte[] good, Random random)
    {
        byte[] bad = [.. good];
        switch (random.Next(4))
        {
            case 0:
                return bad[..random.Next(bad.Length)];
            case 1:
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
                }

                return bad;
            case 2:
                int at = random.Next(bad.Length);
                bad.AsSpan(at, Math.Min(random.Next(1, 9), bad.Length - at)).Fill((byte)(random.Next(2) * 255));
                return bad;
            default:
                int from = random.Next(bad.Length);
                int count = Math.Min(random.Next(64), bad.Length - from);
                return [.. bad[..from], .. bad[(from + count)..]];
        }
    }

    /// <summary>Opens mutations of a good file, each by its seed: <typeparamref name="TClear"/> is the only exception there may be; a mutation of the numbers themselves may go unnoticed.</summary>
    /// <typeparam name="TClear">The clear error.</typeparam>
    /// <param name="good">The file.</param>
    /// <param name="open">What a user does with it.</param>
    /// <param name="firstSeed">First seed.</param>
    /// <param name="endSeed">One more than the last seed.</param>
    /// <param name="bound">Bytes by which the process may grow meanwhile.</param>
    public static void Run<TClear>(byte[] good, Action<byte[]> open, int firstSeed, int endSeed, long bound)
        where TClear : Exception
    {
        open(good);
        PeakMemory memory = new();
        int refused = 0;
        for (int seed = firstSeed; seed < endSeed; seed++)
        {
            byte[] bad = Of(good, new Random(seed));
            TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
            try
            {
                open(bad);
            }
            catch (TClear e)
            {
                refused++;
                Assert.True(e.Message.Length > 20, $"seed {seed}: {e.Message}");
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }

            TimeSpan took = Process.GetCurrentProcess().TotalProcessorTime - start;
            Assert.True(took < Longest, $"seed {seed} took {took.TotalSeconds:F1} s of the processor");
            Assert.True(memory.Growth <= bound, $"seed {seed}: the process grew by {memory.Growth >> 20} MiB, at most {bound >> 20} are allowed");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{endSeed - firstSeed} mutations, {refused} refused, grew by {memory.Growth >> 20} MiB at most");
    }
}
