using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Shapes;

public static class ParametersAndSizes
{
    public static async Task<string> F01_many_parameters() =>
        await Eight(0, 1, 2, 3, 4, 5, 6, 7) + " " + await ManyParameters.Sum(
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
            34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65,
            66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97,
            98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123,
            124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148,
            149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173,
            174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191, 192, 193, 194, 195, 196, 197, 198,
            199, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, 213, 214, 215, 216, 217, 218, 219, 220, 221, 222, 223,
            224, 225, 226, 227, 228, 229, 230, 231, 232, 233, 234, 235, 236, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246, 247, 248,
            249, 250, 251, 252, 253, 254, 255, 256, 257, 258, 259);

    public static async Task<string> F05_optional_and_caller_and_params() => await Optional() + await Optional(2, "me", 3, 4);

    public static async Task<string> F06_tokens_first_nullable_and_last()
    {
        using var source = new CancellationTokenSource();
        return $"{await Tokens(source.Token, 1, null, source.Token)} {await Tokens(default, 1, source.Token)}";
    }

    public static async Task<string> F07_all_kinds_of_values() =>
        await Values(new Large(1, 2, 3, 4), 1.5m, DayOfWeek.Friday, 3, null, 'c', Guid.Empty, 4, 2.5f, [1], (1, "t"), new int[2, 3]);

    public static async Task<string> G01_implementation_flags()
    {
        var method = typeof(ParametersAndSizes).GetMethod(nameof(Flagged))!;
        return $"{method.GetMethodImplementationFlags()} {await Flagged()}";
    }

    public static async Task<string> G02_other_attributes_stay()
    {
        var method = typeof(ParametersAndSizes).GetMethod(nameof(Attributed))!;
        var names = method.GetCustomAttributes(inherit: false).Select(attribute => attribute.GetType().Name).Order(StringComparer.Ordinal);
        var parameter = method.GetParameters()[0];
        var isCallerName = parameter.IsDefined(typeof(CallerMemberNameAttribute), false);
        return $"{string.Join(",", names)} {isCallerName} {parameter.DefaultValue} {await Attributed()}";
    }

    public static async Task<string> G03_class_level() =>
        await new ClassLevel(2).Work() + await ((IClassLevel)new ClassLevel(3)).Explicit();

    public static async Task<string> B13_three_hundred_awaits() => $"{await Bodies13.Many(false)} {await Bodies13.Many(true)}";

    [Sit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.Synchronized)]
    public static Task<int> Flagged() => Task.FromResult(1);

    [Sit]
    [DebuggerStepThrough]
    [System.ComponentModel.Description("x")]
    public static async Task<string> Attributed([CallerMemberName] string caller = "nobody")
    {
        await Task.Yield();
        return caller;
    }

    [Sit(CacheSize = 5)]
    private static async Task<int> Eight(int p0, int p1, int p2, int p3, int p4, int p5, int p6, int p7)
    {
        await Task.Yield();
        return p0 + p1 + p2 + p3 + p4 + p5 + p6 + p7;
    }

    [Sit]
    private static async Task<string> Optional(int number = 5, [CallerMemberName] string caller = "", params int[] more)
    {
        await Task.Yield();
        return $"{number}{caller}{more.Length}";
    }

    [Sit]
    private static async Task<string> Tokens(
        CancellationToken first, int number, CancellationToken? maybe, CancellationToken last = default)
    {
        await Task.Yield();
        return $"{first.IsCancellationRequested}{number}{maybe?.IsCancellationRequested ?? false}{last.IsCancellationRequested}";
    }

    [Sit]
    private static async Task<string> Values(
        Large large, decimal money, DayOfWeek day, int? some, int? none, char letter, Guid id, nint native, float real, byte[] bytes,
        (int, string) tuple, int[,] grid)
    {
        await Task.Yield();
        return FormattableString.Invariant(
            $"{large.D}{money}{day}{some}{none}{letter}{id}{native}{real}{bytes.Length}{tuple}{grid.Length}");
    }

    private readonly record struct Large(long A, long B, long C, long D);
}

internal interface IClassLevel
{
    Task<string> Explicit();
}

[Sit(StartupHooks = [nameof(OnStartup)])]
internal sealed class ClassLevel : IClassLevel
{
    private static readonly int _one = 1;
    private readonly int _number;
    private int _started;

    public ClassLevel(int number)
    {
        Func<Task> unrelated = async () => await Task.Yield();
        _number = number + _one;
        _ = unrelated;
    }

    ~ClassLevel() => _ = _number;

    public int Property { get; set; }

    public Task<int> TaskProperty => Task.FromResult(1);

    public async Task<string> Work()
    {
        await Task.Yield();
        return $"{_number}";
    }

    async Task<string> IClassLevel.Explicit()
    {
        await Task.Yield();
        return $"{_number}";
    }

    private async Task OnStartup()
    {
        await Task.Yield();
        _started++;
    }
}

internal static class ManyParameters
{
    [Sit]
    public static async Task<int> Sum(
        int p0, int p1, int p2, int p3, int p4, int p5, int p6, int p7, int p8, int p9, int p10, int p11, int p12, int p13, int p14,
        int p15, int p16, int p17, int p18, int p19, int p20, int p21, int p22, int p23, int p24, int p25, int p26, int p27, int p28,
        int p29, int p30, int p31, int p32, int p33, int p34, int p35, int p36, int p37, int p38, int p39, int p40, int p41, int p42,
        int p43, int p44, int p45, int p46, int p47, int p48, int p49, int p50, int p51, int p52, int p53, int p54, int p55, int p56,
        int p57, int p58, int p59, int p60, int p61, int p62, int p63, int p64, int p65, int p66, int p67, int p68, int p69, int p70,
        int p71, int p72, int p73, int p74, int p75, int p76, int p77, int p78, int p79, int p80, int p81, int p82, int p83, int p84,
        int p85, int p86, int p87, int p88, int p89, int p90, int p91, int p92, int p93, int p94, int p95, int p96, int p97, int p98,
        int p99, int p100, int p101, int p102, int p103, int p104, int p105, int p106, int p107, int p108, int p109, int p110, int p111,
        int p112, int p113, int p114, int p115, int p116, int p117, int p118, int p119, int p120, int p121, int p122, int p123, int p124,
        int p125, int p126, int p127, int p128, int p129, int p130, int p131, int p132, int p133, int p134, int p135, int p136, int p137,
        int p138, int p139, int p140, int p141, int p142, int p143, int p144, int p145, int p146, int p147, int p148, int p149, int p150,
        int p151, int p152, int p153, int p154, int p155, int p156, int p157, int p158, int p159, int p160, int p161, int p162, int p163,
        int p164, int p165, int p166, int p167, int p168, int p169, int p170, int p171, int p172, int p173, int p174, int p175, int p176,
        int p177, int p178, int p179, int p180, int p181, int p182, int p183, int p184, int p185, int p186, int p187, int p188, int p189,
        int p190, int p191, int p192, int p193, int p194, int p195, int p196, int p197, int p198, int p199, int p200, int p201, int p202,
        int p203, int p204, int p205, int p206, int p207, int p208, int p209, int p210, int p211, int p212, int p213, int p214, int p215,
        int p216, int p217, int p218, int p219, int p220, int p221, int p222, int p223, int p224, int p225, int p226, int p227, int p228,
        int p229, int p230, int p231, int p232, int p233, int p234, int p235, int p236, int p237, int p238, int p239, int p240, int p241,
        int p242, int p243, int p244, int p245, int p246, int p247, int p248, int p249, int p250, int p251, int p252, int p253, int p254,
        int p255, int p256, int p257, int p258, int p259)
    {
        await Task.Yield();
        return p0 + p1 + p254 + p255 + p256 + p259;
    }
}

internal static class Bodies13
{
    [Sit]
    public static async Task<int> Many(bool waits)
    {
        var sum = waits ? await Slow() : 0;
        sum += await Bodies13.Next(0);
        sum += await Bodies13.Next(1);
        sum += await Bodies13.Next(2);
        sum += await Bodies13.Next(3);
        sum += await Bodies13.Next(4);
        sum += await Bodies13.Next(5);
        sum += await Bodies13.Next(6);
        sum += await Bodies13.Next(7);
        sum += await Bodies13.Next(8);
        sum += await Bodies13.Next(9);
        sum += await Bodies13.Next(10);
        sum += await Bodies13.Next(11);
        sum += await Bodies13.Next(12);
        sum += await Bodies13.Next(13);
        sum += await Bodies13.Next(14);
        sum += await Bodies13.Next(15);
        sum += await Bodies13.Next(16);
        sum += await Bodies13.Next(17);
        sum += await Bodies13.Next(18);
        sum += await Bodies13.Next(19);
        sum += await Bodies13.Next(20);
        sum += await Bodies13.Next(21);
        sum += await Bodies13.Next(22);
        sum += await Bodies13.Next(23);
        sum += await Bodies13.Next(24);
        sum += await Bodies13.Next(25);
        sum += await Bodies13.Next(26);
        sum += await Bodies13.Next(27);
        sum += await Bodies13.Next(28);
        sum += await Bodies13.Next(29);
        sum += await Bodies13.Next(30);
        sum += await Bodies13.Next(31);
        sum += await Bodies13.Next(32);
        sum += await Bodies13.Next(33);
        sum += await Bodies13.Next(34);
        sum += await Bodies13.Next(35);
        sum += await Bodies13.Next(36);
        sum += await Bodies13.Next(37);
        sum += await Bodies13.Next(38);
        sum += await Bodies13.Next(39);
        sum += await Bodies13.Next(40);
        sum += await Bodies13.Next(41);
        sum += await Bodies13.Next(42);
        sum += await Bodies13.Next(43);
        sum += await Bodies13.Next(44);
        sum += await Bodies13.Next(45);
        sum += await Bodies13.Next(46);
        sum += await Bodies13.Next(47);
        sum += await Bodies13.Next(48);
        sum += await Bodies13.Next(49);
        sum += await Bodies13.Next(50);
        sum += await Bodies13.Next(51);
        sum += await Bodies13.Next(52);
        sum += await Bodies13.Next(53);
        sum += await Bodies13.Next(54);
        sum += await Bodies13.Next(55);
        sum += await Bodies13.Next(56);
        sum += await Bodies13.Next(57);
        sum += await Bodies13.Next(58);
        sum += await Bodies13.Next(59);
        sum += await Bodies13.Next(60);
        sum += await Bodies13.Next(61);
        sum += await Bodies13.Next(62);
        sum += await Bodies13.Next(63);
        sum += await Bodies13.Next(64);
        sum += await Bodies13.Next(65);
        sum += await Bodies13.Next(66);
        sum += await Bodies13.Next(67);
        sum += await Bodies13.Next(68);
        sum += await Bodies13.Next(69);
        sum += await Bodies13.Next(70);
        sum += await Bodies13.Next(71);
        sum += await Bodies13.Next(72);
        sum += await Bodies13.Next(73);
        sum += await Bodies13.Next(74);
        sum += await Bodies13.Next(75);
        sum += await Bodies13.Next(76);
        sum += await Bodies13.Next(77);
        sum += await Bodies13.Next(78);
        sum += await Bodies13.Next(79);
        sum += await Bodies13.Next(80);
        sum += await Bodies13.Next(81);
        sum += await Bodies13.Next(82);
        sum += await Bodies13.Next(83);
        sum += await Bodies13.Next(84);
        sum += await Bodies13.Next(85);
        sum += await Bodies13.Next(86);
        sum += await Bodies13.Next(87);
        sum += await Bodies13.Next(88);
        sum += await Bodies13.Next(89);
        sum += await Bodies13.Next(90);
        sum += await Bodies13.Next(91);
        sum += await Bodies13.Next(92);
        sum += await Bodies13.Next(93);
        sum += await Bodies13.Next(94);
        sum += await Bodies13.Next(95);
        sum += await Bodies13.Next(96);
        sum += await Bodies13.Next(97);
        sum += await Bodies13.Next(98);
        sum += await Bodies13.Next(99);
        sum += await Bodies13.Next(100);
        sum += await Bodies13.Next(101);
        sum += await Bodies13.Next(102);
        sum += await Bodies13.Next(103);
        sum += await Bodies13.Next(104);
        sum += await Bodies13.Next(105);
        sum += await Bodies13.Next(106);
        sum += await Bodies13.Next(107);
        sum += await Bodies13.Next(108);
        sum += await Bodies13.Next(109);
        sum += await Bodies13.Next(110);
        sum += await Bodies13.Next(111);
        sum += await Bodies13.Next(112);
        sum += await Bodies13.Next(113);
        sum += await Bodies13.Next(114);
        sum += await Bodies13.Next(115);
        sum += await Bodies13.Next(116);
        sum += await Bodies13.Next(117);
        sum += await Bodies13.Next(118);
        sum += await Bodies13.Next(119);
        sum += await Bodies13.Next(120);
        sum += await Bodies13.Next(121);
        sum += await Bodies13.Next(122);
        sum += await Bodies13.Next(123);
        sum += await Bodies13.Next(124);
        sum += await Bodies13.Next(125);
        sum += await Bodies13.Next(126);
        sum += await Bodies13.Next(127);
        sum += await Bodies13.Next(128);
        sum += await Bodies13.Next(129);
        sum += await Bodies13.Next(130);
        sum += await Bodies13.Next(131);
        sum += await Bodies13.Next(132);
        sum += await Bodies13.Next(133);
        sum += await Bodies13.Next(134);
        sum += await Bodies13.Next(135);
        sum += await Bodies13.Next(136);
        sum += await Bodies13.Next(137);
        sum += await Bodies13.Next(138);
        sum += await Bodies13.Next(139);
        sum += await Bodies13.Next(140);
        sum += await Bodies13.Next(141);
        sum += await Bodies13.Next(142);
        sum += await Bodies13.Next(143);
        sum += await Bodies13.Next(144);
        sum += await Bodies13.Next(145);
        sum += await Bodies13.Next(146);
        sum += await Bodies13.Next(147);
        sum += await Bodies13.Next(148);
        sum += await Bodies13.Next(149);
        sum += await Bodies13.Next(150);
        sum += await Bodies13.Next(151);
        sum += await Bodies13.Next(152);
        sum += await Bodies13.Next(153);
        sum += await Bodies13.Next(154);
        sum += await Bodies13.Next(155);
        sum += await Bodies13.Next(156);
        sum += await Bodies13.Next(157);
        sum += await Bodies13.Next(158);
        sum += await Bodies13.Next(159);
        sum += await Bodies13.Next(160);
        sum += await Bodies13.Next(161);
        sum += await Bodies13.Next(162);
        sum += await Bodies13.Next(163);
        sum += await Bodies13.Next(164);
        sum += await Bodies13.Next(165);
        sum += await Bodies13.Next(166);
        sum += await Bodies13.Next(167);
        sum += await Bodies13.Next(168);
        sum += await Bodies13.Next(169);
        sum += await Bodies13.Next(170);
        sum += await Bodies13.Next(171);
        sum += await Bodies13.Next(172);
        sum += await Bodies13.Next(173);
        sum += await Bodies13.Next(174);
        sum += await Bodies13.Next(175);
        sum += await Bodies13.Next(176);
        sum += await Bodies13.Next(177);
        sum += await Bodies13.Next(178);
        sum += await Bodies13.Next(179);
        sum += await Bodies13.Next(180);
        sum += await Bodies13.Next(181);
        sum += await Bodies13.Next(182);
        sum += await Bodies13.Next(183);
        sum += await Bodies13.Next(184);
        sum += await Bodies13.Next(185);
        sum += await Bodies13.Next(186);
        sum += await Bodies13.Next(187);
        sum += await Bodies13.Next(188);
        sum += await Bodies13.Next(189);
        sum += await Bodies13.Next(190);
        sum += await Bodies13.Next(191);
        sum += await Bodies13.Next(192);
        sum += await Bodies13.Next(193);
        sum += await Bodies13.Next(194);
        sum += await Bodies13.Next(195);
        sum += await Bodies13.Next(196);
        sum += await Bodies13.Next(197);
        sum += await Bodies13.Next(198);
        sum += await Bodies13.Next(199);
        sum += await Bodies13.Next(200);
        sum += await Bodies13.Next(201);
        sum += await Bodies13.Next(202);
        sum += await Bodies13.Next(203);
        sum += await Bodies13.Next(204);
        sum += await Bodies13.Next(205);
        sum += await Bodies13.Next(206);
        sum += await Bodies13.Next(207);
        sum += await Bodies13.Next(208);
        sum += await Bodies13.Next(209);
        sum += await Bodies13.Next(210);
        sum += await Bodies13.Next(211);
        sum += await Bodies13.Next(212);
        sum += await Bodies13.Next(213);
        sum += await Bodies13.Next(214);
        sum += await Bodies13.Next(215);
        sum += await Bodies13.Next(216);
        sum += await Bodies13.Next(217);
        sum += await Bodies13.Next(218);
        sum += await Bodies13.Next(219);
        sum += await Bodies13.Next(220);
        sum += await Bodies13.Next(221);
        sum += await Bodies13.Next(222);
        sum += await Bodies13.Next(223);
        sum += await Bodies13.Next(224);
        sum += await Bodies13.Next(225);
        sum += await Bodies13.Next(226);
        sum += await Bodies13.Next(227);
        sum += await Bodies13.Next(228);
        sum += await Bodies13.Next(229);
        sum += await Bodies13.Next(230);
        sum += await Bodies13.Next(231);
        sum += await Bodies13.Next(232);
        sum += await Bodies13.Next(233);
        sum += await Bodies13.Next(234);
        sum += await Bodies13.Next(235);
        sum += await Bodies13.Next(236);
        sum += await Bodies13.Next(237);
        sum += await Bodies13.Next(238);
        sum += await Bodies13.Next(239);
        sum += await Bodies13.Next(240);
        sum += await Bodies13.Next(241);
        sum += await Bodies13.Next(242);
        sum += await Bodies13.Next(243);
        sum += await Bodies13.Next(244);
        sum += await Bodies13.Next(245);
        sum += await Bodies13.Next(246);
        sum += await Bodies13.Next(247);
        sum += await Bodies13.Next(248);
        sum += await Bodies13.Next(249);
        sum += await Bodies13.Next(250);
        sum += await Bodies13.Next(251);
        sum += await Bodies13.Next(252);
        sum += await Bodies13.Next(253);
        sum += await Bodies13.Next(254);
        sum += await Bodies13.Next(255);
        sum += await Bodies13.Next(256);
        sum += await Bodies13.Next(257);
        sum += await Bodies13.Next(258);
        sum += await Bodies13.Next(259);
        sum += await Bodies13.Next(260);
        sum += await Bodies13.Next(261);
        sum += await Bodies13.Next(262);
        sum += await Bodies13.Next(263);
        sum += await Bodies13.Next(264);
        sum += await Bodies13.Next(265);
        sum += await Bodies13.Next(266);
        sum += await Bodies13.Next(267);
        sum += await Bodies13.Next(268);
        sum += await Bodies13.Next(269);
        sum += await Bodies13.Next(270);
        sum += await Bodies13.Next(271);
        sum += await Bodies13.Next(272);
        sum += await Bodies13.Next(273);
        sum += await Bodies13.Next(274);
        sum += await Bodies13.Next(275);
        sum += await Bodies13.Next(276);
        sum += await Bodies13.Next(277);
        sum += await Bodies13.Next(278);
        sum += await Bodies13.Next(279);
        sum += await Bodies13.Next(280);
        sum += await Bodies13.Next(281);
        sum += await Bodies13.Next(282);
        sum += await Bodies13.Next(283);
        sum += await Bodies13.Next(284);
        sum += await Bodies13.Next(285);
        sum += await Bodies13.Next(286);
        sum += await Bodies13.Next(287);
        sum += await Bodies13.Next(288);
        sum += await Bodies13.Next(289);
        sum += await Bodies13.Next(290);
        sum += await Bodies13.Next(291);
        sum += await Bodies13.Next(292);
        sum += await Bodies13.Next(293);
        sum += await Bodies13.Next(294);
        sum += await Bodies13.Next(295);
        sum += await Bodies13.Next(296);
        sum += await Bodies13.Next(297);
        sum += await Bodies13.Next(298);
        sum += await Bodies13.Next(299);
        return sum;
    }

    public static Task<int> Next(int number) => number % 50 == 0 ? Slow() : Task.FromResult(number);

    private static async Task<int> Slow()
    {
        await Task.Yield();
        return 1;
    }
}
