namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>Smooth random fields [H,W]: value noise in octaves, about zero.</summary>
internal static class NoiseField
{
    /// <summary>
    /// Octaves of value noise: each doubles the number of cells and halves the amplitude. Values lie in about [-1,1].
    /// </summary>
    /// <param name="random">Source of the lattice values.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="cellsX">Lattice cells over the width, in the first octave.</param>
    /// <param name="cellsY">Lattice cells over the height, in the first octave.</param>
    /// <param name="octaves">Number of octaves.</param>
    public static float[] Create(DemoRandom random, int width, int height, float cellsX, float cellsY, int octaves)
    {
        float[] field = new float[width * height];
        float amplitude = 0.6f;
        for (int octave = 0; octave < octaves; octave++)
        {
            AddOctave(random, field, width, height, cellsX, cellsY, amplitude);
            (cellsX, cellsY, amplitude) = (cellsX * 2, cellsY * 2, amplitude * 0.5f);
        }

        return field;
    }

    private static void AddOctave(DemoRandom random, float[] field, int width, int height, float cellsX, float cellsY, float amplitude)
    {
        int columns = (int)MathF.Ceiling(cellsX) + 2, rows = (int)MathF.Ceiling(cellsY) + 2;
        float[] lattice = new float[columns * rows];
        for (int i = 0; i < lattice.Length; i++)
        {
            lattice[i] = random.Range(-amplitude, amplitude);
        }

        (int[] cell, float[] weight) = Weights(width, cellsX);
        for (int y = 0; y < height; y++)
        {
            float at = y * cellsY / height;
            int row = (int)at;
            float v = Fade(at - row);
            int top = row * columns, bottom = top + columns;
            for (int x = 0; x < width; x++)
            {
                int c = cell[x];
                float u = weight[x];
                float above = lattice[top + c] + ((lattice[top + c + 1] - lattice[top + c]) * u);
                float below = lattice[bottom + c] + ((lattice[bottom + c + 1] - lattice[bottom + c]) * u);
                field[(y * width) + x] += above + ((below - above) * v);
            }
        }
    }

    private static (int[] Cell, float[] Weight) Weights(int size, float cells)
    {
        int[] cell = new int[size];
        float[] weight = new float[size];
        for (int i = 0; i < size; i++)
        {
            float at = i * cells / size;
            cell[i] = (int)at;
            weight[i] = Fade(at - cell[i]);
        }

        return (cell, weight);
    }

    private static float Fade(float t) => t * t * (3 - (2 * t));
}
