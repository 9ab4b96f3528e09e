using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Images;
using CAManim.Native.Models.Weights;
using CAManim.Native.Report.Tests.Support;

namespace CAManim.Native.Report.Tests.Browser;

[Collection(ChromiumCollection.Name)]
public sealed class DownloadTests(Chromium chromium)
{
    [Fact]
    public async Task This_map_is_saved_within_half_a_step()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        (string name, byte[] content) = await open.SaveAsync("#save-map");
        Assert.Equal("small-network-_GradCAM_star_layer1.0.npy", name);
        int header = BitConverter.ToUInt16(content, 8);
        Assert.Equal(0, (10 + header) % 64);
        Assert.Contains("'descr': '<f4', 'fortran_order': False, 'shape': (12, 12)", System.Text.Encoding.ASCII.GetString(content, 10, header));
        AssertNear(SmallReport.Content().Columns[0].Maps[4], MemoryMarshal.Cast<byte, float>(content.AsSpan(10 + header)));
    }

    [Fact]
    public async Task All_maps_are_saved_as_the_tool_reads_them()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        await open.Page.Locator("#save-column").SelectOptionAsync("1");
        (string name, byte[] content) = await open.SaveAsync("#save-maps");
        Assert.Equal("small-network-_LayerCAM_star.safetensors", name);
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content);
            using SafeTensorsFile file = SafeTensorsFile.Open(path);
            Assert.Equal("LayerCAM", file.Metadata["method"]);
            foreach (LayerMap map in SmallReport.Content().Columns[1].Maps)
            {
                (int[] shape, float[] values) = file.Read(map.Name);
                Assert.Equal([map.Height, map.Width], shape);
                AssertNear(map, values);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Scores_are_saved_as_a_table()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        (_, byte[] content) = await open.SaveAsync("#save-csv");
        string[] lines = System.Text.Encoding.UTF8.GetString(content).TrimEnd().Split('\n');
        Assert.Equal(21, lines.Length);
        Assert.Equal("method,target,frame,name,class,shape,parameters,min,max,road", lines[0]);
        Assert.Equal("GradCAM,star,1,conv1,Conv2d,1x8x24x24,0,0.02,0.97,-0.1", lines[1]);
        Assert.Equal("GradCAM,star,2,relu,Conv2d,1x8x24x24,1000,0.04,1.94,", lines[2]);
    }

    [Fact]
    public async Task The_picture_is_saved_with_all_panels()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        (string name, byte[] content) = await open.SaveAsync("#save-png");
        Assert.EndsWith("layer1.0.png", name);
        string path = Path.ChangeExtension(Path.GetTempFileName(), ".png");
        try
        {
            await File.WriteAllBytesAsync(path, content);
            RgbImage picture = ImageFile.Load(path);

            // 48x40 ten times, four panels, gaps of 24 and a head of 96.
            Assert.Equal((24 + (4 * (480 + 24)), 96 + 400 + 24), (picture.Width, picture.Height));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void AssertNear(LayerMap map, ReadOnlySpan<float> values)
    {
        ReadOnlySpan<float> expected = map.Map.Span;
        float range = 0;
        float worst = 0;
        foreach (float value in expected)
        {
            range = Math.Max(range, value);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(values[i] - expected[i]));
        }

        // Half a step of 255, and float32's own rounding.
        Assert.True(worst <= (range / 510) + (range * 1e-6f), $"{map.Name}: off by {worst}, range {range}");
    }
}
