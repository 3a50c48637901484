// The page of Sitters. Everything that comes from the process is put in as text, never as markup. All addresses are relative.

const byId = id => document.getElementById(id);
const grid = byId("grid"), rows = byId("rows"), space = byId("space"), details = byId("details"), dialog = byId("ask");

const words = {
  pause: { now: "Pause", done: "Paused", calls: "also those yet to begin" },
  resume: { now: "Resume", done: "Resumed", calls: "also those yet to begin" },
  restart: { now: "Restart", done: "Restarted", calls: "that are active now" },
  cancel: { now: "Cancel", done: "Cancelled", calls: "that are active now" },
};
const keys = { p: "pause", r: "resume", s: "restart", c: "cancel" };
const states = ["Running", "Pausing", "Paused", "Restarting", "Pending"];
const idsInOneRequest = 1000;

/* What is known of the process. */

const calls = new Map();
let about = null;
let total = 0;
let clock = Date.now() - performance.now();
let ticks = 0;

/* What the user has chosen. */

const marked = new Set();
let shown = [];
let active = null;
let opened = null;
let find = "";
let state = null;
let sort = { by: "age", up: false };

const ageOf = row => duration(performance.now() + clock - row.started);
const waitOf = row => row.since === undefined ? "" : duration(performance.now() + ticks - row.since);
const canAct = () => about !== null && !about.readOnly;
const count = n => `${n.toLocaleString("en")} ${n === 1 ? "call" : "calls"}`;

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function duration(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const two = (big, bigger, small, smaller) => `${Math.floor(seconds / bigger)} ${big} ${Math.floor(seconds % bigger / smaller)} ${small}`;
  if (seconds < 3600) return two("min", 60, "s", 1);
  return seconds < 86400 ? two("h", 3600, "min", 60) : two("d", 86400, "h", 3600);
}

const place = wait => wait.file ? `${wait.file.split(/[\\/]/).pop()}${wait.line ? `:${wait.line}` : ""}` : "";
const awaited = (wait, isWaiting) => isWaiting ? wait.awaits ?? "something" : "runs code";
/** "Shop.Jobs.Sync.Run" as "Sync.Run" and "Shop.Jobs"; what is between angle brackets has dots of its own. */
function split(method) {
  let depth = 0, dots = 0;
  for (let i = method.length - 1; i > 0; i--) {
    if (method[i] === ">") depth++;
    else if (method[i] === "<") depth--;
    else if (method[i] === "." && depth === 0 && ++dots === 2) return [method.slice(i + 1), method.slice(0, i)];
  }
  return [method, ""];
}

const orderOf = control => [control.source, control.identity, control.reason].filter(Boolean).join(", ");

/* Hearing from the process. */

let source = null;
let lastHeard = 0;
let tries = 0;
let retry = 0;

function connect() {
  clearTimeout(retry);
  source?.close();
  source = new EventSource("events");
  lastHeard = performance.now();
  source.addEventListener("hello", event => greet(JSON.parse(event.data)));
  source.addEventListener("calls", event => hear(JSON.parse(event.data)));
  source.addEventListener("bye", () => lose("The process is stopping."));
  source.onerror = () => lose("The process does not answer.");
}

function greet(hello) {
  about = hello;
  tries = 0;
  document.title = hello.title;
  byId("title").textContent = hello.title;
  byId("process").textContent =
    `process ${hello.pid} on ${hello.machine}, since ${new Date(hello.started).toLocaleString()}, ${hello.runtime}${hello.user ? `; you are ${hello.user}` : ""}`;
  document.body.classList.toggle("is-read-only", hello.readOnly);
}

function hear(look) {
  lastHeard = performance.now();
  clock = look.at - lastHeard;
  ticks = look.ticks - lastHeard;
  if (!byId("lost").hidden) {
    byId("lost").hidden = true;
    say("The process answers again.");
  }
  document.body.classList.remove("is-lost");
  byId("link").textContent = about.readOnly ? "live, read-only" : "live";
  byId("link").dataset.is = "on";
  byId("paused").hidden = !look.paused;
  total = look.total;
  if (look.whole) calls.clear();
  for (const { call, since } of look.set) {
    const wait = call.wait;
    const text = [call.method, call.id, wait && place(wait), wait?.awaits, call.control && orderOf(call.control)].join(" ").toLowerCase();
    calls.set(call.id, { call, since, started: Date.parse(call.started), text });
  }
  for (const id of look.gone) calls.delete(id);
  for (const id of marked) if (!calls.has(id)) marked.delete(id);
  if (look.log) showLog(look.log);
  if (look.whole || look.set.length || look.gone.length) choose();
  showDetails();
}

function lose(why) {
  source?.close();
  source = null;
  clearTimeout(retry);
  if (!document.hidden) retry = setTimeout(connect, Math.min(5000, 500 * 2 ** tries++));
  byId("link").textContent = "not connected";
  byId("link").dataset.is = "off";
  document.body.classList.add("is-lost");
  if (byId("lost").hidden) {
    byId("lost").hidden = false;
    byId("lost").textContent = `${why} What you see is as of ${new Date().toLocaleTimeString()}. Trying again until it is back.`;
    explain();
  }
}

/** Where a proxy or the sign-in answers in place of the process, waiting does not help. */
async function explain() {
  const answer = await fetch("calls?limit=1", { redirect: "manual" }).catch(() => null);
  if (!byId("lost").hidden && answer && (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403)) {
    byId("lost").textContent = "You are not signed in any more, or may not see this. Load the page again to sign in.";
  }
}

setInterval(() => {
  if (source && performance.now() - lastHeard > Math.max(10000, 5000 * (about?.interval ?? 1))) lose("Nothing has come from the process for a while.");
  render();
}, 1000);

// Nobody looks at a hidden page: the process is left alone until it is seen again.
let hiding = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (!document.hidden) {
    if (!source) connect();
  } else {
    hiding = setTimeout(() => { source?.close(); source = null; clearTimeout(retry); }, 30000);
  }
});

/* The list: only the rows in sight are there, and one that shows the same call as before is changed, not made anew. */

const sorts = {
  age: (a, b) => b.started - a.started,
  for: (a, b) => (b.since ?? Infinity) - (a.since ?? Infinity),
  attempt: (a, b) => a.call.attempt - b.call.attempt,
  method: (a, b) => a.call.method < b.call.method ? -1 : a.call.method > b.call.method ? 1 : 0,
  state: (a, b) => states.indexOf(a.call.state) - states.indexOf(b.call.state),
};

function choose() {
  const counts = new Map();
  shown = [];
  for (const row of calls.values()) {
    if (find && !row.text.includes(find)) continue;
    counts.set(row.call.state, (counts.get(row.call.state) ?? 0) + 1);
    if (!state || row.call.state === state) shown.push(row);
  }
  const compare = sorts[sort.by], sign = sort.up ? 1 : -1;
  shown.sort((a, b) => sign * compare(a, b) || a.started - b.started || (a.call.id < b.call.id ? -1 : 1));
  showStates(counts);
  render();
}

const chips = new Map([null, ...states].map(name => [name, byId("states").appendChild(make("button", { type: "button", onclick: () => { state = name; choose(); } }))]));

function showStates(counts) {
  for (const [name, chip] of chips) {
    const n = name ? counts.get(name) ?? 0 : [...counts.values()].reduce((sum, one) => sum + one, 0);
    chip.textContent = `${name ?? "All"} ${n.toLocaleString("en")}`;
    chip.setAttribute("aria-pressed", String(name === state));
    chip.hidden = name !== null && n === 0 && name !== state;
  }
}

const live = new Map();
const spare = [];
let rowHeight = 0;

function measure() {
  rowHeight = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));
  render();
}

function render() {
  if (!rowHeight) return;
  space.style.height = `${shown.length * rowHeight}px`;
  const first = Math.max(0, Math.floor(rows.scrollTop / rowHeight) - 5);
  const last = Math.min(shown.length, Math.ceil((rows.scrollTop + rows.clientHeight) / rowHeight) + 5);
  const wanted = shown.slice(first, last);
  const ids = new Set(wanted.map(row => row.call.id));
  for (const [id, element] of live) {
    if (!ids.has(id)) {
      live.delete(id);
      spare.push(element);
      element.hidden = true;
    }
  }
  wanted.forEach((row, i) => {
    const element = live.get(row.call.id) ?? spare.pop() ?? makeRow();
    live.set(row.call.id, element);
    fill(element, row, first + i);
    if (space.children[i] !== element) space.insertBefore(element, space.children[i] ?? null);
  });
  grid.setAttribute("aria-rowcount", String(shown.length + 1));
  if (active && live.has(active)) grid.setAttribute("aria-activedescendant", `row-${active}`);
  else grid.removeAttribute("aria-activedescendant");
  byId("empty").hidden = shown.length > 0 || !about;
  byId("empty").textContent = calls.size ? "No call is like that." : "No sat call is active.";
  byId("target").textContent = marked.size ? `${count(marked.size)} marked` : "All calls";
}

function makeRow() {
  const cell = name => make("span", { className: name, role: "gridcell" });
  const parts = {
    mark: cell("mark"), state: cell("state"), what: cell("what"), where: cell("where"), for: cell("for"), try: cell("try"), age: cell("age"), acts: cell("acts"),
    tag: make("span", { className: "tag" }), sign: make("span", {}), interrupt: make("small", {}), method: make("b", {}), order: make("small", {}), awaits: make("b", {}), place: make("small", {}),
  };
  parts.mark.append(parts.sign);
  parts.state.append(parts.tag, parts.interrupt);
  parts.what.append(parts.method, parts.order);
  parts.where.append(parts.awaits, parts.place);
  for (const verb of Object.keys(words)) parts.acts.append(make("button", { type: "button", tabIndex: -1, textContent: words[verb].now }));
  [...parts.acts.children].forEach((button, i) => { button.dataset.verb = Object.keys(words)[i]; });
  const element = make("div", { className: "row", role: "row" }, parts.mark, parts.state, parts.what, parts.where, parts.for, parts.try, parts.age, parts.acts);
  element.parts = parts;
  return element;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function fill(element, row, index) {
  const { parts } = element, { call } = row, wait = call.wait;
  element.hidden = false;
  element.style.transform = `translateY(${index * rowHeight}px)`;
  element.setAttribute("aria-rowindex", String(index + 2));
  element.setAttribute("aria-selected", String(marked.has(call.id)));
  element.classList.toggle("is-active", call.id === active);
  put(parts.sign, marked.has(call.id) ? "☑" : "☐");
  put(parts.age, ageOf(row));
  put(parts.for, waitOf(row));
  if (element.row === row) return;
  element.row = row;
  element.id = `row-${call.id}`;
  element.dataset.call = call.id;
  put(parts.tag, call.state);
  parts.tag.dataset.state = call.state;
  put(parts.interrupt, call.interrupt ? ` ${call.interrupt}` : "");
  element.dataset.method = call.method;
  const [name, space] = split(call.method);
  put(parts.method, name);
  put(parts.order, [space, call.id.slice(0, 8), call.control && orderOf(call.control)].filter(Boolean).join(" · "));
  parts.what.title = `${call.method}\n${parts.order.textContent}`;
  put(parts.awaits, wait ? awaited(wait, row.since !== undefined) : "");
  put(parts.place, wait ? [place(wait), wait.more ? `and ${wait.more} more` : ""].filter(Boolean).join(", ") : "");
  parts.where.title = wait?.file ? `${wait.method}\n${wait.file}:${wait.line ?? "?"}` : "";
  put(parts.try, String(call.attempt));
}

let frame = 0;
rows.addEventListener("scroll", () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(render); }, { passive: true });
new ResizeObserver(measure).observe(rows);

byId("filter").addEventListener("input", event => { find = event.target.value.trim().toLowerCase(); rows.scrollTop = 0; choose(); });
byId("filter").addEventListener("keydown", event => { if (event.key === "Enter" || event.key === "ArrowDown") { grid.focus(); event.preventDefault(); } });

byId("head").addEventListener("click", event => {
  const by = event.target.closest("[data-sort]")?.dataset.sort;
  if (!by) return;
  sort = { by, up: sort.by === by ? !sort.up : by === "method" || by === "state" };
  showSort();
  choose();
});

function showSort() {
  for (const button of byId("head").querySelectorAll("[data-sort]")) {
    if (button.dataset.sort === sort.by) button.parentElement.setAttribute("aria-sort", sort.up ? "ascending" : "descending");
    else button.parentElement.removeAttribute("aria-sort");
  }
}

/* Going, marking, acting. */

function goTo(index) {
  if (!shown.length) return;
  const at = Math.max(0, Math.min(shown.length - 1, index));
  active = shown[at].call.id;
  const top = at * rowHeight;
  if (top < rows.scrollTop) rows.scrollTop = top;
  if (top + rowHeight > rows.scrollTop + rows.clientHeight) rows.scrollTop = top + rowHeight - rows.clientHeight;
  render();
  if (opened) open(active);
}

const indexOfActive = () => shown.findIndex(row => row.call.id === active);

function mark(id, on = !marked.has(id)) {
  if (!canAct()) return;
  if (on) marked.add(id);
  else marked.delete(id);
  render();
}

grid.addEventListener("focus", () => { if (indexOfActive() < 0) goTo(Math.ceil(rows.scrollTop / rowHeight)); });

rows.addEventListener("click", event => {
  const id = event.target.closest(".row")?.dataset.call;
  if (!id) return;
  active = id;
  const verb = event.target.closest("[data-verb]")?.dataset.verb;
  grid.focus({ preventScroll: true });
  if (verb) ask(verb, [id]);
  else if (event.target.closest(".mark")) mark(id);
  else open(id);
  render();
});

grid.addEventListener("keydown", event => {
  if (event.target !== grid || event.ctrlKey || event.metaKey || event.altKey) return;
  const page = Math.max(1, Math.floor(rows.clientHeight / rowHeight) - 1), at = indexOfActive(), key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: shown.length - 1 };
  if (key in moves) goTo(moves[key]);
  else if (key === "Enter" && at >= 0) open(active);
  else if (key === " " && at >= 0) mark(active);
  else if (key === "a" && canAct()) { shown.forEach(row => marked.add(row.call.id)); render(); }
  else if (key === "/") byId("filter").focus();
  else if (key === "?") byId("help").showModal();
  else if (key === "Escape") { marked.clear(); close(); render(); }
  else if (key in keys && canAct() && (marked.size || at >= 0)) ask(keys[key], marked.size ? [...marked] : [active]);
  else return;
  event.preventDefault();
});

byId("verbs").addEventListener("click", event => {
  const verb = event.target.closest("[data-verb]")?.dataset.verb;
  if (verb) ask(verb, [...marked]);
});

byId("details-verbs").addEventListener("click", event => {
  const verb = event.target.closest("[data-verb]")?.dataset.verb;
  if (verb && opened) ask(verb, [opened]);
});

byId("help-open").addEventListener("click", () => byId("help").showModal());
byId("help-close").addEventListener("click", () => byId("help").close());

/* Asking: which calls, why, how many. */

let asked = null;

function ask(verb, ids) {
  if (!canAct()) return;
  const word = words[verb], methods = new Set(ids.map(id => calls.get(id)?.call.method).filter(Boolean));
  asked = { verb, ids, id: newId(), turn: 0 };
  dialog.dataset.verb = verb;
  byId("ask-title").textContent = word.now;
  byId("ask-of-calls").hidden = ids.length === 0;
  byId("ask-calls").textContent = ids.length === 1 ? `This call: ${calls.get(ids[0])?.call.method ?? ""} ${ids[0].slice(0, 8)}` : `The ${count(ids.length)} that are marked`;
  byId("ask-of-methods").textContent = `All calls of these methods, ${word.calls}`;
  byId("ask-of-all").textContent = `Everything, ${word.calls}`;
  byId("ask-methods").value = methods.size === 1 ? [...methods][0] : "";
  for (const field of ["ask-reason", "ask-for", "ask-rate"]) byId(field).value = "";
  byId("ask-has-for").hidden = verb !== "pause";
  byId("ask-has-rate").hidden = verb !== "resume";
  byId("ask-error").textContent = "";
  byId("ask-form").elements.scope.value = ids.length ? "calls" : "all";
  dialog.showModal();
  byId("ask-reason").focus();
  reach();
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");
}

function selectors() {
  const scope = byId("ask-form").elements.scope.value;
  if (scope === "all") return [{}];
  if (scope === "methods") return [{ methods: byId("ask-methods").value.trim() }];
  const parts = [];
  for (let i = 0; i < asked.ids.length; i += idsInOneRequest) parts.push({ call: asked.ids.slice(i, i + idsInOneRequest) });
  return parts;
}

async function send(order) {
  const answer = await fetch("control", {
    method: "POST",
    redirect: "error",
    headers: { "Content-Type": "application/json", "Sitters-Request": "page" },
    body: JSON.stringify(order),
  });
  const text = await answer.text();
  if (!answer.ok) {
    let message = "";
    try { message = JSON.parse(text).message; } catch { /* an answer of a proxy, or of the sign-in */ }
    throw new Error(message || `Refused: ${answer.status} ${answer.statusText}`);
  }
  return JSON.parse(text);
}

/** Sends one order, in as many requests as its calls need; sums up what they reached. */
async function sendAll(order, id) {
  const sum = { calls: 0, standing: false, stillPaused: 0 };
  for (const [i, which] of selectors().entries()) {
    const result = await send({ id: `${id}-${i}`, ...order, ...which });
    sum.calls += result.calls;
    sum.standing ||= result.standing === true;
    sum.stillPaused += result.stillPaused ?? 0;
  }
  return sum;
}

/** Says beforehand how many calls it would be. */
async function reach() {
  const { verb, turn } = Object.assign(asked, { turn: asked.turn + 1 }), mine = asked, go = byId("ask-go");
  go.textContent = words[verb].now;
  go.disabled = true;
  byId("ask-error").textContent = "";
  if (selectors()[0].methods === "") {
    byId("ask-reach").textContent = "Name the methods.";
    return;
  }
  try {
    const result = await sendAll({ do: verb, dryRun: true }, newId());
    if (asked !== mine || mine.turn !== turn) return;
    byId("ask-reach").textContent = `This reaches ${count(result.calls)}${result.standing ? ", and those that begin" : ""}.`;
    go.textContent = `${words[verb].now} ${result.standing && !result.calls ? "" : count(result.calls)}`.trim();
    go.disabled = false;
  } catch (error) {
    if (asked !== mine || mine.turn !== turn) return;
    byId("ask-reach").textContent = "";
    byId("ask-error").textContent = error.message;
  }
}

for (const radio of byId("ask-form").elements.scope) radio.addEventListener("change", reach);
let typing = 0;
byId("ask-methods").addEventListener("input", () => {
  byId("ask-form").elements.scope.value = "methods";
  byId("ask-go").disabled = true;
  clearTimeout(typing);
  typing = setTimeout(reach, 250);
});

// The same order again, after a connection was lost, acts once; a changed one is another.
byId("ask-form").addEventListener("input", () => { asked.id = newId(); });
byId("ask-back").addEventListener("click", () => dialog.close());

byId("ask-form").addEventListener("submit", async event => {
  event.preventDefault();
  const go = byId("ask-go"), { verb, id } = asked;
  if (go.disabled) return;
  go.disabled = true;
  const order = { do: verb };
  const reason = byId("ask-reason").value.trim(), minutes = byId("ask-for").valueAsNumber, rate = byId("ask-rate").valueAsNumber;
  if (reason) order.reason = reason;
  if (verb === "pause" && minutes > 0) order.for = minutes * 60;
  if (verb === "resume" && rate > 0) order.rate = rate;
  try {
    const result = await sendAll(order, id);
    dialog.close();
    marked.clear();
    say(`${words[verb].done} ${count(result.calls)}.${result.standing && verb === "pause" ? " Those that begin are paused too." : ""}` +
      (result.stillPaused ? ` ${count(result.stillPaused)} still held by another pause.` : ""));
    render();
  } catch (error) {
    byId("ask-error").textContent = error.message;
    go.disabled = false;
  }
});

function say(text) {
  byId("said").textContent = text;
}

/* One call, all of it. */

function open(id) {
  opened = id;
  details.hidden = false;
  showDetails();
}

function close() {
  if (opened === null) return;
  opened = null;
  details.hidden = true;
  grid.focus();
}

byId("details-close").addEventListener("click", close);
details.addEventListener("keydown", event => { if (event.key === "Escape") close(); });

function showDetails() {
  if (opened === null) return;
  const row = calls.get(opened), call = row?.call;
  byId("details-verbs").hidden = !call;
  if (!call) {
    byId("details-facts").replaceChildren(make("dt", { textContent: "State" }), make("dd", { textContent: "It has ended." }));
    byId("details-tree").replaceChildren();
    return;
  }
  byId("details-method").textContent = call.method;
  const facts = [
    ["State", call.state], ["Attempt", String(call.attempt)], ["Restarts", call.restarts ? String(call.restarts) : ""], ["Interrupt", call.interrupt],
    ["Started", `${new Date(row.started).toLocaleString()}, ${ageOf(row)} ago`], ["Ordered by", call.control && orderOf(call.control)],
    ["Inside of", call.parent], ["Id", call.id],
  ].filter(([, value]) => value);
  byId("details-facts").replaceChildren(...facts.flatMap(([name, value]) => [make("dt", { textContent: name }), make("dd", { textContent: value })]));
  showTree(opened);
}

async function showTree(id) {
  const answer = await fetch(`tree?call=${encodeURIComponent(id)}`).catch(() => null);
  if (!answer?.ok || id !== opened) return;
  const call = (await answer.json()).calls[0];
  if (call && id === opened) byId("details-tree").replaceChildren(call.waits?.length ? branch(call.waits) : make("p", { textContent: "It runs code, or has not begun." }));
}

function branch(waits) {
  return make("ul", {}, ...waits.map(wait => make("li", {},
    make("b", { textContent: wait.method }),
    make("small", { textContent: [place(wait), wait.children?.length ? "" : awaited(wait, wait.for !== undefined), wait.for === undefined ? "" : `for ${duration(wait.for * 1000)}`, wait.call ? `call ${wait.call.slice(0, 8)}` : ""].filter(Boolean).join(" · "), title: wait.file ?? "" }),
    ...(wait.children?.length ? [branch(wait.children)] : []))));
}

/* What was done, and by whom. */

function showLog(entries) {
  byId("log-count").textContent = entries.length ? `(${entries.length})` : "";
  byId("log-list").replaceChildren(...entries.toReversed().map(entry => make("li", {},
    make("time", { textContent: new Date(entry.at).toLocaleTimeString(), dateTime: entry.at }),
    make("span", { textContent: `${entry.verb}${entry.methods ? ` of ${entry.methods}` : ""}: ${count(entry.calls)}, ${orderOf(entry)}` }))));
}

byId("log").open = innerWidth > 900;
showSort();
choose();
connect();
