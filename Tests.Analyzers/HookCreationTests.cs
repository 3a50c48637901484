namespace Tests.Analyzers;

/// <summary>The hook that an attribute names and that is not there.</summary>
internal sealed class HookCreationTests
{
    [Test]
    public Task a_hook_that_is_not_there_is_created_once() => FixTest.Make(
        "SIT003.CreateHook",
        """
        public class Orders
        {
            [Sit(StartupHooks = ["Prepare"])]
            public Task {|SIT003:Sync|}() => Task.CompletedTask;

            [Sit(StartupHooks = ["Prepare"], RestartHooks = ["Again"])]
            public Task {|SIT003:{|SIT003:Send|}|}() => Task.CompletedTask;

            [Sit(StartupHooks = ["Warm"])]
            public static Task {|SIT003:Static|}() => Task.CompletedTask;
        }
        """,
        """
        public class Orders
        {
            [Sit(StartupHooks = [nameof(Prepare)])]
            public Task Sync() => Task.CompletedTask;

            private void Prepare()
            {
            }

            [Sit(StartupHooks = [nameof(Prepare)], RestartHooks = [nameof(Again)])]
            public Task Send() => Task.CompletedTask;

            private void Again()
            {
            }

            [Sit(StartupHooks = [nameof(Warm)])]
            public static Task Static() => Task.CompletedTask;

            private static void Warm()
            {
            }
        }
        """,
        steps: 3);

    [Test]
    public Task a_hook_is_created_in_the_type_that_hooks_are_looked_up_in() => FixTest.Make(
        "SIT003.CreateHook",
        """
        public class Orders
        {
            [Sit(HooksType = typeof(Log), StartupHooks = ["Begin"])]
            public Task {|SIT003:Sync|}() => Task.CompletedTask;
        }

        public class Log
        {
        }
        """,
        """
        public class Orders
        {
            [Sit(HooksType = typeof(Log), StartupHooks = ["Begin"])]
            public Task Sync() => Task.CompletedTask;
        }

        public class Log
        {
            internal static void Begin()
            {
            }
        }
        """);

    [Test]
    public Task a_hook_can_be_named_before_there_is_one() => FixTest.Make(
        "SIT003.CreateHook",
        """
        public class Orders
        {
            [Sit(StartupHooks = [nameof({|CS0103:Prepare|})])]
            public Task {|SIT003:Sync|}() => Task.CompletedTask;
        }
        """,
        """
        public class Orders
        {
            [Sit(StartupHooks = [nameof(Prepare)])]
            public Task Sync() => Task.CompletedTask;

            private void Prepare()
            {
            }
        }
        """);

    [Test]
    public Task a_hook_that_a_class_names_serves_its_static_methods_too() => FixTest.Make(
        "SIT003.CreateHook",
        """
        [Sit(StartupHooks = ["Prepare"])]
        public class Orders
        {
            public async Task {|SIT003:Sync|}() => await Task.Yield();

            public static async Task {|SIT003:Send|}() => await Task.Yield();
        }
        """,
        """
        [Sit(StartupHooks = ["Prepare"])]
        public class Orders
        {
            public async Task Sync() => await Task.Yield();

            private static void Prepare()
            {
            }

            public static async Task Send() => await Task.Yield();
        }
        """);

    [Test]
    public Task a_type_without_braces_is_given_some() => FixTest.Make(
        "SIT003.CreateHook",
        """
        public class Orders
        {
            [Sit(HooksType = typeof(Log), StartupHooks = ["Begin"])]
            public Task {|SIT003:Sync|}() => Task.CompletedTask;
        }

        public class Log;
        """,
        """
        public class Orders
        {
            [Sit(HooksType = typeof(Log), StartupHooks = ["Begin"])]
            public Task Sync() => Task.CompletedTask;
        }

        public class Log
        {
            internal static void Begin()
            {
            }
        }
        """);

    [TestCase("""StartupHooks = ["class"]""")]
    [TestCase("""StartupHooks = ["no name"]""")]
    [TestCase("""HooksType = typeof(DayOfWeek), StartupHooks = ["Begin"]""")]
    [TestCase("""HooksType = typeof(Kind), StartupHooks = ["Begin"]""")]
    public Task a_hook_that_could_not_be_is_not_created(string settings) => FixTest.MakeNone(
        "SIT003.CreateHook",
        $$"""
        public enum Kind
        {
            Fast,
        }

        public class Orders
        {
            [Sit({{settings}})]
            public Task {|SIT003:Sync|}() => Task.CompletedTask;
        }
        """);
}
