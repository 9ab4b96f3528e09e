using System.CommandLine;
using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train;

/// <summary><c>camanim-train images</c>: writes <see cref="DemoImages"/> with their masks.</summary>
internal static class ImagesCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> output = new("--output", "-o") { Description = "Folder to write to.", DefaultValueFactory = _ => "samples/images" };
        Command command = new("images", "Draws the images of the demo and their masks.") { output };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(output)));
        return command;
    }

    /// <summary>Writes <c>name.png</c>, and <c>name.CLASS.mask.png</c> for every object.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in DemoImages.Names)
        {
            DemoScene scene = DemoImages.Draw(name);
            Pictures.Save(scene.Image, Path.Combine(folder, $"{name}.png"));
            foreach (DemoObject item in scene.Objects)
            {
                Pictures.SaveMask(item.Mask, scene.Image.Width, scene.Image.Height, Path.Combine(folder, $"{name}.{item.Name}.mask.png"));
            }
        }
    }
}
