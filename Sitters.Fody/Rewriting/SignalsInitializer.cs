namespace Sitters.Fody.Rewriting;

/// <summary>Tells the runtime what FodyWeavers.xml says about signals, as soon as the module is loaded.</summary>
internal static class SignalsInitializer
{
    public static void Emit(ModuleDefinition module, SignalSettings signals, ModuleReferences references)
    {
        var initializer = FindOrAdd(module.GetType("<Module>"), references);
        var il = initializer.Body.GetILProcessor();
        var first = initializer.Body.Instructions[0];
        il.InsertBefore(first, il.Create(signals.Listen ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0));
        foreach (var name in new[] { signals.Pause, signals.Resume, signals.Restart, signals.Cancel })
        {
            il.InsertBefore(first, name is null ? il.Create(OpCodes.Ldnull) : il.Create(OpCodes.Ldstr, name));
        }

        il.InsertBefore(first, il.Create(signals.SetsExitCode ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0));
        il.InsertBefore(first, il.Create(OpCodes.Call, references.Runtime.Sat.ConfigureSignals));
    }

    private static MethodDefinition FindOrAdd(TypeDefinition moduleType, ModuleReferences references)
    {
        if (moduleType.Methods.FirstOrDefault(method => method.Name == ".cctor") is { } existing)
        {
            return existing;
        }

        var initializer = new MethodDefinition(
            ".cctor",
            MethodAttributes.Private | MethodAttributes.HideBySig | MethodAttributes.Static | MethodAttributes.SpecialName
                | MethodAttributes.RTSpecialName,
            references.Void);
        initializer.Body.GetILProcessor().Emit(OpCodes.Ret);
        moduleType.Methods.Add(initializer);
        return initializer;
    }
}
