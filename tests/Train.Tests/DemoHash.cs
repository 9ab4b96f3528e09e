using System.Security.Cryptography;
using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train.Tests;

/// <summary>One number for many drawn pictures and their masks.</summary>
internal static class DemoHash
{
    public static string Of(IEnumerable<DemoScene> scenes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (DemoScene scene in scenes)
        {
            hash.AppendData(scene.Image.Pixels);
            foreach (DemoObject item in scene.Objects)
            {
                hash.AppendData(item.Mask);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
