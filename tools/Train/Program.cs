using System.CommandLine;
using CAManim.Native.Train;

RootCommand root = new("Draws the demo's images and trains the demo's networks. The recipe: docs/demo-network.md.")
{
    TrainCommand.Create("scenes", "Trains demo_scenes, the classifier of shapes in clutter.", new SceneTask(), TrainingOptions.Scenes),
    TrainCommand.Create("phantom", "Trains demo_phantom, the classifier of ultrasound-like phantoms.", new PhantomTask(), TrainingOptions.Phantom),
    ImagesCommand.Create(),
    SheetCommand.Create(),
};
return root.Parse(args).Invoke();
