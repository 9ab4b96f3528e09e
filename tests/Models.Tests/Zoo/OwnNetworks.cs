using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Zoo;

/// <summary>Networks that users bring, loaded from this assembly by name: good ones and strange ones.</summary>
public static class OwnNetworks
{
    /// <summary>A convolution and a linear layer; what becomes of their result is the test's.</summary>
    public abstract class Base<TResult>(int channels, int classes, bool isSeeded = true) : nn.Module<Tensor, TResult>("Own")
    {
        private readonly nn.Module<Tensor, Tensor> conv = Make(isSeeded, () => nn.Conv2d(channels, 4, 3));
        private readonly nn.Module<Tensor, Tensor> fc = Make(isSeeded, () => nn.Linear(4, classes));

        protected Tensor Logits(Tensor input) => fc.call(conv.call(input).mean([2L, 3L]));

        private static nn.Module<Tensor, Tensor> Make(bool isSeeded, Func<nn.Module<Tensor, Tensor>> make)
        {
            if (isSeeded)
            {
                manual_seed(1);
            }

            return make();
        }
    }

    public sealed class Seeded : Base<Tensor>
    {
        public Seeded()
            : base(3, 5) => RegisterComponents();

        public override Tensor forward(Tensor input) => Logits(input);
    }

    public sealed class Unseeded : Base<Tensor>
    {
        public Unseeded()
            : base(3, 5, isSeeded: false) => RegisterComponents();

        public override Tensor forward(Tensor input) => Logits(input);
    }

    public sealed class Squeezed : Base<Tensor>
    {
        public Squeezed(int classes)
            : base(3, classes) => RegisterComponents();

        public override Tensor forward(Tensor input) => Logits(input).squeeze();
    }

    public sealed class Pair : Base<(Tensor Features, Tensor Logits)>
    {
        public Pair()
            : base(3, 5) => RegisterComponents();

        public override (Tensor Features, Tensor Logits) forward(Tensor input) => (input, Logits(input));
    }

    public sealed class Mapped : Base<Dictionary<string, Tensor>>
    {
        public Mapped()
            : base(3, 5) => RegisterComponents();

        public override Dictionary<string, Tensor> forward(Tensor input) => new() { ["input"] = input, ["logits"] = Logits(input) };
    }

    public sealed class Grey : Base<Tensor>
    {
        public Grey()
            : base(1, 5) => RegisterComponents();

        public override Tensor forward(Tensor input) => Logits(input);
    }

    public sealed class Declaring : Base<Tensor>
    {
        public Declaring()
            : base(1, 2) => RegisterComponents();

        public int InputSize => 64;

        public float[] Mean => [0.25f];

        public float[] StandardDeviation => [0.125f];

        public string[] ClassNames => ["benign", "malignant"];

        public override Tensor forward(Tensor input) => Logits(input);
    }

    public sealed class Null : Base<Tensor>
    {
        public Null()
            : base(3, 5) => RegisterComponents();

        public override Tensor forward(Tensor input) => null!;
    }

    public sealed class Throwing : Base<Tensor>
    {
        public Throwing()
            : base(3, 5) => RegisterComponents();

        public override Tensor forward(Tensor input) => throw new KeyNotFoundException("no such thing");
    }

    public sealed class Double : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> fc;

        public Double()
            : base("Double")
        {
            manual_seed(1);
            fc = nn.Linear(3, 4, dtype: ScalarType.Float64);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => fc.call(input.mean([2L, 3L]));
    }

    public sealed class Generic<T> : Base<Tensor>
    {
        public Generic()
            : base(3, 5) => RegisterComponents();

        public override Tensor forward(Tensor input) => Logits(input);
    }

    public sealed class ByReference : Base<Tensor>
    {
        public ByReference(ref int classes)
            : base(3, classes) => RegisterComponents();

        public override Tensor forward(Tensor input) => Logits(input);
    }

    public sealed unsafe class Pointer : Base<Tensor>
    {
        public Pointer(int* classes)
            : base(3, *classes) => RegisterComponents();

        public override Tensor forward(Tensor input) => Logits(input);
    }

    public sealed class Circular : Base<Tensor>
    {
        public Circular()
            : base(3, 5)
        {
            RegisterComponents();
            register_module("inner", nn.ModuleList(this));
        }

        public override Tensor forward(Tensor input) => Logits(input);
    }
}
