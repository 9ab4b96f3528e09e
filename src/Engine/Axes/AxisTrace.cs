using CAManim.Native.Engine.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Axes;

/// <summary>
/// Follows through a forward, call by call, which dimension of every tensor is which: modules that are known for it say so, those that move
/// values are asked with numbers, others keep the order of what they got. Code between calls is taken to keep the order where shapes agree,
/// until a module says otherwise.
/// </summary>
internal sealed class AxisTrace(InputGrid grid)
{
    private readonly Stack<Scope> _scopes = [];
    private readonly List<Record> _records = [];
    private readonly Dictionary<Tensor, Record> _outputs = new(ReferenceEqualityComparer.Instance);

    /// <summary>A call begins.</summary>
    public void Enter(Tensor input) => _scopes.Push(new Scope(input.shape, Find(input)));

    /// <summary>The last call that began returned.</summary>
    public void Leave(ModuleNode node, Tensor input, Tensor output)
    {
        Scope scope = _scopes.Pop();
        long[] shape = output.shape;
        ChannelPlace place = ModuleKnowledge.Of(node, scope.Shape, shape);
        Record record = new(shape, place switch
        {
            ChannelPlace.First => Positions.Map(shape, isChannelsFirst: true),
            ChannelPlace.Last => KeepPositions(scope, shape),
            _ => Follow(node, scope, input, output, shape),
        });
        TellBefore(place, input, scope.Shape);
        _records.Add(record);
        _outputs[output] = record;
        if (_scopes.TryPeek(out Scope? outer))
        {
            outer.Inner.Add(record);
        }
    }

    /// <summary>What is known of each call, in the order of returning.</summary>
    public IEnumerable<CallAxes> Finish()
    {
        CallAxes[] calls = [.. _records.Select(r => r.Positions?.Of(r.Shape) ?? default)];
        for (int i = 0; i < calls.Length; i++)
        {
            if (calls[i].Order == MapOrder.Unknown && _records[i].Shape.Length == 4)
            {
                calls[i] = FindNeighbour(calls, i);
            }
        }

        return calls;
    }

    /// <summary>The nearest call of the same shape of which something is known, the ones before first.</summary>
    private CallAxes FindNeighbour(CallAxes[] calls, int index)
    {
        long[] shape = _records[index].Shape;
        IEnumerable<int> others = Enumerable.Range(0, index).Reverse().Concat(Enumerable.Range(index + 1, calls.Length - index - 1));
        int found = others.FirstOrDefault(i => calls[i].Order != MapOrder.Unknown && _records[i].Shape.AsSpan().SequenceEqual(shape), -1);
        return found < 0 ? default : calls[found];
    }

    private Positions? Find(Tensor input)
    {
        if (_outputs.TryGetValue(input, out Record? producer))
        {
            return producer.Positions;
        }

        long[] shape = input.shape;
        if (!_scopes.TryPeek(out Scope? scope))
        {
            return shape.Length == 4 ? Positions.Map(shape, isChannelsFirst: true) : null;
        }

        Record? sibling = scope.Inner.FindLast(r => r.Shape.AsSpan().SequenceEqual(shape));
        Positions? positions = sibling is not null ? sibling.Positions
            : scope.Shape.AsSpan().SequenceEqual(shape) ? scope.Positions
            : null;
        return positions is null or { IsNoMap: true } ? positions : positions with { IsGuess = true };
    }

    /// <summary>A layer over the last dimension keeps the others, if the last one holds the channels.</summary>
    private Positions? KeepPositions(Scope scope, long[] shape)
    {
        bool keepsOthers = scope.Shape.AsSpan(..^1).SequenceEqual(shape.AsSpan(..^1));
        switch (scope.Positions)
        {
            case { IsNoMap: true } noMap:
                return noMap;
            case { } known when keepsOthers && known.ChannelAxis == shape.Length - 1:
                return known;
            case { IsGuess: false } when keepsOthers:
                return Positions.Mixed;
            default:
                return shape.Length != 4 ? null
                    : !grid.HasAspect(shape[1], shape[2]) && grid.Find(shape[1] * shape[2]) is not null ? Positions.Windows
                    : Positions.Map(shape, isChannelsFirst: false);
        }
    }

    private Positions? Follow(ModuleNode node, Scope scope, Tensor input, Tensor output, long[] shape)
    {
        if (_outputs.TryGetValue(output, out Record? inner))
        {
            return inner.Positions;
        }

        if (scope.Inner.Count > 0 && scope.Inner[^1].Shape.AsSpan().SequenceEqual(shape))
        {
            return scope.Inner[^1].Positions;
        }

        bool isLeaf = node.IsLeaf && scope.Inner.Count == 0;
        return isLeaf && scope.Positions is { } positions && NumberedElements.Follow(node.Module, positions, input, shape) is { } moved ? moved
            : scope.Shape.AsSpan().SequenceEqual(shape) ? scope.Positions
            : null;
    }

    /// <summary>What reads a tensor may know what nothing before it did.</summary>
    private void TellBefore(ChannelPlace place, Tensor input, long[] shape)
    {
        if (place != ChannelPlace.Unknown && shape.Length == 4 && _outputs.TryGetValue(input, out Record? producer) && producer.Positions is null)
        {
            producer.Positions = Positions.Map(shape, place == ChannelPlace.First);
        }
    }

    /// <summary>A call that has not returned.</summary>
    private sealed record Scope(long[] Shape, Positions? Positions)
    {
        public List<Record> Inner { get; } = [];
    }

    /// <summary>A call that has.</summary>
    private sealed class Record(long[] shape, Positions? positions)
    {
        public long[] Shape => shape;

        public Positions? Positions { get; set; } = positions;
    }
}
