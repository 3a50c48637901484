using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Adds to a package what it is made of, as SPDX 2.2 in JSON. Nothing in it comes from the moment or the place of the build: its time is that
/// of the package's other entries, and its namespace follows from what it says.
/// </summary>
/// <remarks>MSBuild compiles this file alone, for .NET Standard 2.0.</remarks>
public sealed class AddBillOfMaterials : Task
{
    private const string Place = "_manifest/spdx_2.2/manifest.spdx.json";
    private const string Unknown = "NOASSERTION";
    private const string Root = "SPDXRef-RootPackage";

    [Required]
    public string Package { get; set; } = "";

    [Required]
    public string AssetsFile { get; set; } = "";

    public override bool Execute()
    {
        using var archive = ZipFile.Open(Package, ZipArchiveMode.Update);
        if (archive.GetEntry(Place) != null)
        {
            // Pack had nothing to do.
            return true;
        }

        var nuspec = archive.Entries.Single(entry => !entry.FullName.Contains("/") && entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        var time = nuspec.LastWriteTime;
        var text = Document(archive, Load(nuspec), new Assets(AssetsFile), time);
        Write(archive.CreateEntry(Place, CompressionLevel.Optimal), time, stream =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            stream.Write(bytes, 0, bytes.Length);
        });
        AddContentType(archive.GetEntry("[Content_Types].xml"), time);
        return true;
    }

    private static string Document(ZipArchive archive, XElement nuspec, Assets assets, DateTimeOffset time)
    {
        string Metadata(string name) => nuspec.Descendants().First(element => element.Name.LocalName == name).Value;

        // What NuGet adds to hold a package together, and what a signature changes, is not of the package's contents.
        var files = archive.Entries
            .Where(entry => entry.FullName != "[Content_Types].xml" && !entry.FullName.StartsWith("_rels/", StringComparison.Ordinal) && !entry.FullName.StartsWith("package/", StringComparison.Ordinal))
            .Select(entry => new PackedFile(entry))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        var dependencies = assets.Dependencies();
        var code = Hash(SHA1.Create(), Encoding.ASCII.GetBytes(string.Concat(files.Select(file => file.Sha1).OrderBy(hash => hash, StringComparer.Ordinal))));

        var root = PackageOf(Root, Metadata("id"), Metadata("version"), Metadata("license"), "Organization: " + Metadata("authors"));
        root["copyrightText"] = Metadata("copyright");
        root["filesAnalyzed"] = true;
        root["licenseInfoFromFiles"] = new[] { Unknown };
        root["packageVerificationCode"] = new Dictionary<string, object> { ["packageVerificationCodeValue"] = code };
        root["hasFiles"] = files.Select(file => file.Id);

        var body = new Dictionary<string, object>
        {
            ["spdxVersion"] = "SPDX-2.2",
            ["dataLicense"] = "CC0-1.0",
            ["SPDXID"] = "SPDXRef-DOCUMENT",
            ["name"] = Metadata("id") + " " + Metadata("version"),
            ["creationInfo"] = new Dictionary<string, object>
            {
                ["created"] = time.DateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
                ["creators"] = new[] { "Organization: " + Metadata("authors"), "Tool: build/BillOfMaterials.cs" },
            },
            ["documentDescribes"] = new[] { Root },
            ["packages"] = new[] { root }.Concat(dependencies.Select(library => PackageOf(library.SpdxId, library.Name, library.Version, library.License, Unknown))),
            ["files"] = files.Select(file => file.ToJson()),
            ["relationships"] = new[] { Relationship("SPDXRef-DOCUMENT", "DESCRIBES", Root) }
                .Concat(dependencies.SelectMany(library => library.NeededBy.Select(user => Relationship(user, "DEPENDS_ON", library.SpdxId)))),
        };
        body["documentNamespace"] = "urn:uuid:" + new Guid(SHA256.Create().ComputeHash(Encoding.UTF8.GetBytes(Json.Of(body))).Take(16).ToArray());
        return Json.Of(body) + "\n";
    }

    private static Dictionary<string, object> PackageOf(string id, string name, string version, string license, string supplier) => new()
    {
        ["SPDXID"] = id,
        ["name"] = name,
        ["versionInfo"] = version,
        ["supplier"] = supplier,
        ["downloadLocation"] = Unknown,
        ["filesAnalyzed"] = false,
        ["licenseConcluded"] = Unknown,
        ["licenseDeclared"] = license,
        ["copyrightText"] = Unknown,
        ["externalRefs"] = new[]
        {
            new Dictionary<string, object>
            {
                ["referenceCategory"] = "PACKAGE_MANAGER",
                ["referenceType"] = "purl",
                ["referenceLocator"] = "pkg:nuget/" + name + "@" + version,
            },
        },
    };

    private static Dictionary<string, object> Relationship(string from, string kind, string to) => new()
    {
        ["spdxElementId"] = from,
        ["relationshipType"] = kind,
        ["relatedSpdxElement"] = to,
    };

    private static void AddContentType(ZipArchiveEntry entry, DateTimeOffset time)
    {
        var types = Load(entry);
        if (types.Elements().Any(type => (string)type.Attribute("Extension") == "json"))
        {
            return;
        }

        types.Add(new XElement(types.Name.Namespace + "Default", new XAttribute("Extension", "json"), new XAttribute("ContentType", "application/octet")));
        Write(entry, time, types.Save);
    }

    private static XElement Load(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return XElement.Load(stream);
    }

    private static void Write(ZipArchiveEntry entry, DateTimeOffset time, Action<Stream> write)
    {
        using (var stream = entry.Open())
        {
            stream.SetLength(0);
            write(stream);
        }

        entry.LastWriteTime = time;
    }

    private static string Hash(HashAlgorithm algorithm, byte[] bytes) => string.Concat(algorithm.ComputeHash(bytes).Select(value => value.ToString("x2")));

    /// <summary>A name as part of an SPDX identifier, which has letters, digits, dots and hyphens only.</summary>
    private static string Identifier(string name) => string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter == '.' ? letter : '-'));

    private sealed class PackedFile
    {
        private readonly string _sha256;

        public PackedFile(ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Name = "./" + entry.FullName;
            Sha1 = Hash(SHA1.Create(), bytes.ToArray());
            _sha256 = Hash(SHA256.Create(), bytes.ToArray());
        }

        public string Name { get; }

        public string Sha1 { get; }

        public string Id => "SPDXRef-File-" + Identifier(Name) + "-" + Sha1;

        public Dictionary<string, object> ToJson() => new()
        {
            ["SPDXID"] = Id,
            ["fileName"] = Name,
            ["checksums"] = new[] { Checksum("SHA1", Sha1), Checksum("SHA256", _sha256) },
            ["licenseConcluded"] = Unknown,
            ["licenseInfoInFiles"] = new[] { Unknown },
            ["copyrightText"] = Unknown,
        };

        private static Dictionary<string, object> Checksum(string algorithm, string value) => new() { ["algorithm"] = algorithm, ["checksumValue"] = value };
    }

    /// <summary>A package that this one depends on, by itself or through others.</summary>
    private sealed class Library
    {
        public string Name { get; set; }

        public string Version { get; set; }

        public string License { get; set; }

        public SortedSet<string> NeededBy { get; } = new(StringComparer.Ordinal);

        public string SpdxId => IdOf(Name, Version);

        public static string IdOf(string name, string version) => "SPDXRef-Package-" + Identifier(name + "-" + version);
    }

    /// <summary>What restore has found: project.assets.json.</summary>
    private sealed class Assets
    {
        private readonly XElement _assets;

        public Assets(string file)
        {
            using var reader = JsonReaderWriterFactory.CreateJsonReader(File.ReadAllBytes(file), XmlDictionaryReaderQuotas.Max);
            _assets = XElement.Load(reader);
        }

        /// <summary>What comes along with the package for any framework; what only its build needs, keeps to itself.</summary>
        public List<Library> Dependencies()
        {
            var found = new SortedDictionary<string, Library>(StringComparer.Ordinal);
            foreach (var group in Child(_assets, "projectFileDependencyGroups").Elements())
            {
                // A name as it is restored: "net10.0", or ".NETCoreApp,Version=v8.0" where a project has but one framework.
                var libraries = Child(_assets, "targets").Elements().Single(target => Key(target) == Key(group)).Elements()
                    .ToDictionary(library => Key(library).Split('/')[0], StringComparer.OrdinalIgnoreCase);
                var own = Child(_assets, "project", "frameworks").Elements()
                    .SelectMany(framework => (Child(framework, "dependencies") ?? framework).Elements())
                    .Where(dependency => Child(dependency, "suppressParent")?.Value == "All")
                    .Select(Key)
                    .ToList();
                var direct = group.Elements().Select(dependency => dependency.Value.Split(' ')[0]).Where(name => !own.Contains(name));
                var left = new Queue<(string User, string Name)>(direct.Select(name => (Root, name)));
                while (left.Count > 0)
                {
                    var (user, name) = left.Dequeue();
                    var element = libraries[name];
                    var key = Key(element);
                    if (!found.TryGetValue(key, out var library))
                    {
                        found.Add(key, library = new Library { Name = key.Split('/')[0], Version = key.Split('/')[1], License = LicenseOf(key) });
                    }

                    if (library.NeededBy.Add(user))
                    {
                        foreach (var next in (Child(element, "dependencies")?.Elements() ?? []).Select(Key).Where(libraries.ContainsKey))
                        {
                            left.Enqueue((library.SpdxId, next));
                        }
                    }
                }
            }

            return [.. found.Values];
        }

        private string LicenseOf(string key)
        {
            var library = Child(_assets, "libraries").Elements().Single(entry => Key(entry) == key);
            var file = Child(_assets, "packageFolders").Elements()
                .Select(folder => Path.Combine(Key(folder), Child(library, "path").Value, key.Split('/')[0].ToLowerInvariant() + ".nuspec"))
                .FirstOrDefault(File.Exists);
            var license = file is null ? null : XElement.Load(file).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
            return (string)license?.Attribute("type") == "expression" ? license.Value : Unknown;
        }

        /// <summary>A key that is no name in XML stands in an attribute.</summary>
        private static string Key(XElement element) => (string)element.Attribute("item") ?? element.Name.LocalName;

        private static XElement Child(XElement element, params string[] path) =>
            path.Aggregate(element, (parent, key) => parent?.Elements().FirstOrDefault(child => Key(child) == key));
    }

    /// <summary>Writes what a bill is made of; .NET Standard 2.0 has no writer of JSON.</summary>
    private static class Json
    {
        public static string Of(object value, string indent = "") => value switch
        {
            string text => "\"" + string.Concat(text.Select(Escaped)) + "\"",
            bool flag => flag ? "true" : "false",
            Dictionary<string, object> members => Block('{', '}', members.Select(member => Of(member.Key) + ": " + Of(member.Value, indent + "  ")), indent),
            IEnumerable<object> items => Block('[', ']', items.Select(item => Of(item, indent + "  ")), indent),
            _ => throw new ArgumentException(value.GetType().Name),
        };

        private static string Block(char open, char close, IEnumerable<string> lines, string indent) =>
            open + "\n" + string.Join(",\n", lines.Select(line => indent + "  " + line)) + "\n" + indent + close;

        private static string Escaped(char letter) => letter < ' ' || letter == '"' || letter == '\\' ? "\\u" + ((int)letter).ToString("x4") : letter.ToString();
    }
}
