using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>All operators by ONNX's name.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, OperationBuilder> Operators = new(StringComparer.Ordinal)
    {
        ["Conv"] = One(Convolutions.Conv),
        ["ConvTranspose"] = One(Convolutions.ConvTranspose),
        ["MaxPool"] = One(Pooling.MaxPool),
        ["AveragePool"] = One(Pooling.AveragePool),
        ["GlobalAveragePool"] = One(Pooling.GlobalAveragePool),
        ["GlobalMaxPool"] = One(Pooling.GlobalMaxPool),
        ["BatchNormalization"] = One(Normalisations.BatchNormalization),
        ["InstanceNormalization"] = One(Normalisations.InstanceNormalization),
        ["LayerNormalization"] = One(Normalisations.LayerNormalization),
        ["GroupNormalization"] = One(Normalisations.GroupNormalization),
        ["LRN"] = One(Normalisations.LRN),
        ["Gemm"] = One(Products.Gemm),
        ["MatMul"] = One(Products.MatMul),
        ["Einsum"] = One(Products.Einsum),
        ["Relu"] = One(Activations.Relu),
        ["LeakyRelu"] = One(Activations.LeakyRelu),
        ["PRelu"] = One(Activations.PRelu),
        ["Elu"] = One(Activations.Elu),
        ["Clip"] = One(Activations.Clip),
        ["Sigmoid"] = One(Activations.Sigmoid),
        ["HardSigmoid"] = One(Activations.HardSigmoid),
        ["HardSwish"] = One(Activations.HardSwish),
        ["Tanh"] = One(Activations.Tanh),
        ["Gelu"] = One(Activations.Gelu),
        ["Softplus"] = One(Activations.Softplus),
        ["Mish"] = One(Activations.Mish),
        ["Softmax"] = One(Activations.Softmax),
        ["LogSoftmax"] = One(Activations.LogSoftmax),
        ["Add"] = One(Arithmetic.Add),
        ["Sub"] = One(Arithmetic.Sub),
        ["Mul"] = One(Arithmetic.Mul),
        ["Div"] = One(Arithmetic.Div),
        ["Mod"] = One(Arithmetic.Mod),
        ["Pow"] = One(Arithmetic.Pow),
        ["Min"] = One(Arithmetic.Min),
        ["Max"] = One(Arithmetic.Max),
        ["Sum"] = One(Arithmetic.Sum),
        ["Sqrt"] = One(Arithmetic.Sqrt),
        ["Reciprocal"] = One(Arithmetic.Reciprocal),
        ["Exp"] = One(Arithmetic.Exp),
        ["Log"] = One(Arithmetic.Log),
        ["Erf"] = One(Arithmetic.Erf),
        ["Neg"] = One(Arithmetic.Neg),
        ["Abs"] = One(Arithmetic.Abs),
        ["Floor"] = One(Arithmetic.Floor),
        ["Ceil"] = One(Arithmetic.Ceil),
        ["Equal"] = One(Comparisons.Equal),
        ["Less"] = One(Comparisons.Less),
        ["Greater"] = One(Comparisons.Greater),
        ["Not"] = One(Comparisons.Not),
        ["And"] = One(Comparisons.And),
        ["Or"] = One(Comparisons.Or),
        ["Where"] = One(Comparisons.Where),
        ["ReduceMean"] = One(Reductions.ReduceMean),
        ["ReduceSum"] = One(Reductions.ReduceSum),
        ["ReduceMax"] = One(Reductions.ReduceMax),
        ["ReduceMin"] = One(Reductions.ReduceMin),
        ["ReduceProd"] = One(Reductions.ReduceProd),
        ["ReduceL2"] = One(Reductions.ReduceL2),
        ["ReduceSumSquare"] = One(Reductions.ReduceSumSquare),
        ["Concat"] = One(Joining.Concat),
        ["Split"] = Joining.Split,
        ["Slice"] = One(Selections.Slice),
        ["Gather"] = One(Selections.Gather),
        ["ScatterND"] = One(Selections.ScatterND),
        ["Pad"] = One(Selections.Pad),
        ["Tile"] = One(Selections.Tile),
        ["Expand"] = One(Selections.Expand),
        ["Resize"] = One(Resizing.Resize),
        ["Upsample"] = One(Resizing.Upsample),
        ["Reshape"] = One(Shapes.Reshape),
        ["Transpose"] = One(Shapes.Transpose),
        ["Flatten"] = One(Shapes.Flatten),
        ["Squeeze"] = One(Shapes.Squeeze),
        ["Unsqueeze"] = One(Shapes.Unsqueeze),
        ["Identity"] = One(Shapes.Identity),
        ["Dropout"] = One(Shapes.Identity),
        ["Cast"] = One(Shapes.Cast),
        ["Shape"] = One(Shapes.Shape),
        ["Size"] = One(Shapes.Size),
        ["DepthToSpace"] = One(Shapes.DepthToSpace),
        ["SpaceToDepth"] = One(Shapes.SpaceToDepth),
        ["Constant"] = One(Constants.Constant),
        ["ConstantOfShape"] = One(Constants.ConstantOfShape),
        ["Range"] = One(Constants.Range),
    };

    /// <summary>All names, sorted.</summary>
    public static IEnumerable<string> Names => Operators.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether a node's outputs are values of their own; of other nodes only the first output is one.</summary>
    public static bool HasManyOutputs(OnnxNode node) => node.Operator == "Split";

    public static Operation Build(OnnxNode node, int output) => Operators[node.Operator](node, output);

    /// <summary>Names all operators that are not known, before anything is built.</summary>
    public static void Check(IEnumerable<OnnxNode> nodes)
    {
        OnnxNode[][] unknown = [.. nodes.Where(n => n.Domain.Length > 0 || !Operators.ContainsKey(n.Operator)).GroupBy(n => (n.Domain, n.Operator)).Select(g => g.ToArray())];
        if (unknown.Length > 0)
        {
            const int most = 8;
            IEnumerable<string> each = unknown.Take(most).Select(nodes => $"{nodes[0].Describe()}{(nodes[0].Domain.Length > 0 ? $" of '{nodes[0].Domain}'" : "")}{(nodes.Length > 1 ? $" and {nodes.Length - 1} more" : "")}: {UnknownOperators.Advice(nodes[0])}");
            throw new OnnxException($"with {unknown.Length} operator(s) that are not known. {string.Join("; ", each)}{(unknown.Length > most ? $"; and {unknown.Length - most} more" : "")}. The network can also be given as a .NET class (--model FILE.dll:Namespace.Type)");
        }
    }

    private static OperationBuilder One(Func<OnnxNode, Operation> build) => (node, _) => build(node);
}
