using System.Net;
using System.Text.Json;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models.Images;
using CAManim.Native.Models.Weights;
using CAManim.Native.Server.Tests.Support;
using TorchSharp;

namespace CAManim.Native.Server.Tests.Explain;

public sealed class AnswerTests(Network network)
{
    [Fact]
    public async Task JsonSaysWhatTheEngineSays()
    {
        await using Running server = await Running.Start(network.Served);
        using HttpResponseMessage response = await server.Explain(Pictures.Bmp(Pictures.Scene), "?target=star&method=LayerCAM&layers=layer*");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        using JsonDocument json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        JsonElement root = json.RootElement;
        Assert.Equal(("demo_scenes", "LayerCAM", "star"), (root.GetProperty("model").GetString(), root.GetProperty("method").GetString(), root.GetProperty("className").GetString()));
        CamResult expected = Expected("layer*", CamMethod.LayerCAM, "star");
        Assert.Equal(expected.Frames.Select(f => (f.Name, f.Maximum)), root.GetProperty("frames").EnumerateArray().Select(f => (f.GetProperty("name").GetString()!, f.GetProperty("maximum").GetSingle())));
        Assert.Equal(5, root.GetProperty("top").GetArrayLength());
    }

    [Fact]
    public async Task MapsAreTheEnginesBitForBit()
    {
        await using Running server = await Running.Start(network.Served);
        using HttpResponseMessage response = await server.Explain(Pictures.Bmp(Pictures.Scene), accept: "application/x-safetensors");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, await response.Content.ReadAsByteArrayAsync());
            using SafeTensorsFile file = SafeTensorsFile.Open(path);
            CamResult expected = Expected("all", CamMethod.GradCAM, null);
            Assert.Equal(expected.Frames.Select(f => f.Name), file.Keys);
            Assert.All(expected.Frames, f => Assert.Equal(f.Map.ToArray(), file.Read(f.Name).Values));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task AVideoIsAnMp4()
    {
        Assert.SkipUnless(Encoding.Libav.IsAvailable, "libav is not installed");
        await using Running server = await Running.Start(network.Served);
        using HttpResponseMessage response = await server.Explain(Pictures.Bmp(Pictures.Scene), "?layers=layer4&norm=local&colormap=turbo", "video/mp4");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("ftyp"u8.ToArray(), bytes[4..8]);
    }

    [Fact]
    public async Task AFormBringsPictureAndParameters()
    {
        await using Running server = await Running.Start(network.Served);
        using MultipartFormDataContent form = new() { { new ByteArrayContent(Pictures.Bmp(Pictures.Scene)), "image", "scene.bmp" }, { new StringContent("ring"), "target" }, { new StringContent("layer4"), "layers" } };
        using HttpResponseMessage response = await server.Client.PostAsync("/api/explain", form);
        string text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"className\":\"ring\"", text);
    }

    private CamResult Expected(string layers, CamMethod method, string? target)
    {
        using torch.Tensor tensor = Preprocessing.For(network.Served.Model).Apply(Pictures.Scene).ToTensor();
        CamOptions options = new() { Layers = Engine.Layers.LayerSelection.Parse(layers), Method = method };
        return new CamEngine(network.Served.Model.Module).Run(tensor, target is null ? options : options with { Target = Engine.Targets.Target.Class(network.Served.Model.ClassNames.Resolve(target)) });
    }
}
