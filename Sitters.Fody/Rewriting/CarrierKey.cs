using static Sitters.Fody.References.SittersRuntime;

namespace Sitters.Fody.Rewriting;

/// <summary>What the carrier of a cached method is in addition: the key of the cache, and the way to where the cache is stored.</summary>
internal sealed class CarrierKey(Carrier carrier)
{
    private const string Comparer = "System.Collections.Generic.EqualityComparer`1";

    private readonly ModuleReferences _references = carrier.References;
    private readonly SatMethod _sat = carrier.Sat;

    public void Emit()
    {
        EmitKey();
        EmitStore();
        EmitEquals();
        EmitGetHashCode();
    }

    /// <summary>Neither the instance of a class, which has its own cache, nor a token; but the value of a struct.</summary>
    private IEnumerable<FieldDefinition> Parts => Fields.Except(Ignored);

    private IEnumerable<FieldDefinition> Ignored =>
    [
        .. carrier.This is not null && !carrier.ThisIsValue ? [carrier.This] : Enumerable.Empty<FieldDefinition>(),
        .. carrier.Arguments.Where((_, index) => carrier.IsToken(index)),
    ];

    private IEnumerable<FieldDefinition> Fields => carrier.This is null ? carrier.Arguments : carrier.Arguments.Prepend(carrier.This);

    private void EmitKey()
    {
        var il = carrier.AddMethod(SatCachedMethodNames.Key, carrier.Self);
        var key = new VariableDefinition(carrier.Self);
        il.Body.Variables.Add(key);
        il.Body.InitLocals = true;
        foreach (var part in Parts)
        {
            il.Emit(OpCodes.Ldloca, key);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(part));
            il.Emit(OpCodes.Stfld, carrier.Field(part));
        }

        il.Emit(OpCodes.Ldloc, key);
        il.Emit(OpCodes.Ret);
    }

    private void EmitStore()
    {
        var il = carrier.AddMethod(SatCachedMethodNames.Store, new ByReferenceType(_references.Object));
        var owner = _sat.Method.DeclaringType;
        var isShared = carrier.This is null || carrier.ThisIsValue || owner.IsInterface
            || _sat.Settings.Number(KnownSettings.CacheScope) != 0;
        if (isShared)
        {
            var store = new FieldDefinition("Results", FieldAttributes.Private | FieldAttributes.Static, _references.Object);
            carrier.Type.Fields.Add(store);
            il.Emit(OpCodes.Ldsflda, carrier.Field(store));
        }
        else
        {
            // In the instance itself: found without a look-up, and collected with it.
            var store = new FieldDefinition(
                GeneratedNames.ForField(owner, $"<{_sat.Method.Name}>$results"),
                FieldAttributes.Private | FieldAttributes.NotSerialized,
                _references.Object);
            store.CustomAttributes.Add(_references.Attribute("System.Runtime.CompilerServices.CompilerGeneratedAttribute"));
            owner.Fields.Add(store);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(carrier.This!));
            il.Emit(OpCodes.Ldflda, Members.On(store, carrier.Own.In(GenericArguments.Self(owner))));
        }

        il.Emit(OpCodes.Ret);
    }

    private void EmitEquals()
    {
        var il = carrier.AddMethod("Equals", _references.Boolean, carrier.Self);
        var other = il.Body.Method.Parameters[0];
        var differ = il.Create(OpCodes.Ldc_I4_0);
        foreach (var part in Parts)
        {
            EmitComparer(il, part);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(part));
            il.Emit(OpCodes.Ldarga, other);
            il.Emit(OpCodes.Ldfld, carrier.Field(part));
            il.Emit(OpCodes.Callvirt, _references.Method(Comparer, [part.FieldType], "Equals", 2));
            il.Emit(OpCodes.Brfalse, differ);
        }

        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
        il.Append(differ);
        il.Emit(OpCodes.Ret);
    }

    private void EmitGetHashCode()
    {
        // The factor by which the C# compiler combines the hash codes of anonymous types and records; any seed would do.
        const int Seed = 17;
        const int Factor = -1521134295;

        var il = carrier.AddMethod("GetHashCode", _references.Int32);

        // Overrides Object.GetHashCode: the same slot.
        il.Body.Method.IsNewSlot = false;
        il.Emit(OpCodes.Ldc_I4, Seed);
        foreach (var part in Parts)
        {
            il.Emit(OpCodes.Ldc_I4, Factor);
            il.Emit(OpCodes.Mul);
            EmitComparer(il, part);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(part));
            il.Emit(OpCodes.Callvirt, _references.Method(Comparer, [part.FieldType], "GetHashCode", 1));
            il.Emit(OpCodes.Add);
        }

        il.Emit(OpCodes.Ret);
    }

    private void EmitComparer(ILProcessor il, FieldDefinition part) =>
        il.Emit(OpCodes.Call, _references.Method(Comparer, [part.FieldType], "get_Default"));
}
