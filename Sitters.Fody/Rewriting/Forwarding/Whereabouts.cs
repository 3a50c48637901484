namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>Tells where the task goes that a call has returned.</summary>
internal sealed class Whereabouts(ValueGraph graph, Generations generations)
{
    /// <summary>Whether a value reaches nothing but awaits: where it also goes elsewhere, others may wait for it.</summary>
    /// <param name="made">What a call has returned.</param>
    /// <param name="mayReturn">The method may return it: it is not async, and its caller awaits what it returns.</param>
    public bool StaysHere(Value made, bool mayReturn)
    {
        var search = new Search();
        search.Open.Push(made);
        while (search.Open.Count > 0)
        {
            var value = search.Open.Pop();
            if (search.Seen.Add(value) && !value.Uses.All(use => Follow(use, search, mayReturn)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One use of a value that is awaited.</summary>
    /// <returns>Whether it stays in the hands of the method.</returns>
    private bool Follow(Value.Use use, Search search, bool mayReturn)
    {
        var open = search.Open;
        var consumer = use.Consumer;
        switch (consumer?.OpCode.Code)
        {
            case null:
                open.Push(use.Result!);
                return true;
            case Code.Pop or Code.Brtrue or Code.Brfalse or Code.Ceq or Code.Beq or Code.Bne_Un or Code.Cgt_Un or Code.Initobj:
            case Code.Ldlen:
                return true;
            case Code.Ret:
                return mayReturn;
            case Code.Castclass or Code.Isinst or Code.Ldelem_Ref or Code.Ldelem_Any or Code.Ldelema or Code.Ldind_Ref or Code.Ldobj:
                open.Push(use.Result!);
                return true;
            case Code.Stloc or Code.Stfld when graph.IsStore(consumer):
                foreach (var load in graph.Targets(consumer))
                {
                    open.Push(load);
                }

                return true;
            case Code.Stsfld:
                // Where the compiler keeps a delegate, to make it only once.
                return ((FieldReference)consumer.Operand).Name[0] is '<' or '$';
            case Code.Stelem_Ref or Code.Stelem_Any or Code.Stind_Ref or Code.Stobj:
                return use.Index == 0 || FollowCollection(graph.InputsOf(consumer)[0], search);
            case Code.Call or Code.Callvirt or Code.Newobj when consumer.Operand is MethodReference called:
                return FollowCall(use, called, search);
            default:
                return false;
        }
    }

    private bool FollowCall(Value.Use use, MethodReference called, Search search)
    {
        if (called.Name == "GetAwaiter" || called.DeclaringType.Name == "AsyncHelpers")
        {
            return true;
        }

        if (PassedThrough.CallsBack(called) == use.Index || PassedThrough.Combines(called) || (use.Index == 0 && PassedThrough.Is(called)))
        {
            if (use.Result is not null)
            {
                search.Open.Push(use.Result);
            }

            return true;
        }

        if (use.Index == 1 && PassedThrough.IsAddition(called))
        {
            return FollowCollection(graph.InputsOf(use.Consumer!)[0], search);
        }

        // A question to the task itself, or to its collection.
        return use.Index == 0
            && called.HasThis
            && use.Consumer!.OpCode.Code != Code.Newobj
            && !PassedThrough.IsDelegate(called.DeclaringType);
    }

    /// <summary>A task is put into a collection: that must stay in the method too.</summary>
    private bool FollowCollection(Value collection, Search search)
    {
        var roots = new Stack<Value>();
        roots.Push(collection);
        while (roots.Count > 0)
        {
            var value = roots.Pop();
            if (!search.SeenCollections.Add(value))
            {
                continue;
            }

            search.Open.Push(value);
            if (graph.Loaded(value) is not null)
            {
                var isOwn = value.Producer!.OpCode.Code == Code.Ldloca;
                var sources = isOwn ? generations.Of(value) : [.. graph.Sources(value)];
                if (sources.Count == 0)
                {
                    return false;
                }

                foreach (var source in sources)
                {
                    roots.Push(source);
                }
            }
            else if (value.Producer is null || (value.Producer.Operand is MethodReference called && PassedThrough.Is(called)))
            {
                foreach (var input in value.Producer is null ? value.Inputs : value.Inputs.Take(1))
                {
                    roots.Push(input);
                }
            }
            else if (value.Producer.OpCode.Code is not (Code.Newarr or Code.Newobj))
            {
                // A collection of somebody else's.
                return false;
            }
        }

        return true;
    }

    /// <summary>How far one search has come: each value is looked at once.</summary>
    private sealed class Search
    {
        public Stack<Value> Open { get; } = new();

        public HashSet<Value> Seen { get; } = [];

        /// <summary>Those of which it is known where they come from.</summary>
        public HashSet<Value> SeenCollections { get; } = [];
    }
}
