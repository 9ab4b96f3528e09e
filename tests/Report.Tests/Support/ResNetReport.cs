using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Report.Tests.Support;

/// <summary>All 180 layers of a ResNet-50 at 224x224, with made-up weights and scores.</summary>
internal static class ResNetReport
{
    public static string Render()
    {
        using LoadedModel model = ModelZoo.Create("resnet50", "rule:camanim");
        ModelInput input = Preprocessing.For(model).Apply(DemoImages.Draw("ring-and-star").Image);
        using Tensor tensor = input.ToTensor();
        CamResult result = new CamEngine(model.Module).Run(tensor, new CamOptions());
        LayerMap[] maps = [.. result.Frames.Select((f, i) => f with { Road = MathF.Sin(i * 0.3f) * i / 400 })];
        return ReportPage.Render(new ReportContent
        {
            Model = model.Name,
            Picture = input.Image,
            Calls = [.. result.Layers.Select(l => new ReportCall { Name = l.Name, ModuleClass = l.ModuleClass, Shape = l.OutputShape, Parameters = l.Parameters, Milliseconds = l.Time.TotalMilliseconds, SkipReason = l.SkipReason })],
            Columns = [new ReportColumn { Method = "GradCAM", Target = "top", Maps = maps, GlobalMinimum = result.GlobalMinimum, GlobalMaximum = result.GlobalMaximum }],
        });
    }
}
