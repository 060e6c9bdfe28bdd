// The pages. The part of the address behind # says which: nothing, a node's id, or lineage.
const data = JSON.parse(document.getElementById("data").textContent);
const TYPES = ["source", "seed", "model", "snapshot", "analysis", "exposure"];
const PLURALS = { analysis: "analyses" };
const byId = new Map();
for (const node of data.nodes) {
  node.label = node.version ? `${node.name}.v${node.version}` : node.name;
  node.words = [node.label, node.table, node.tags.join(" "), node.columns.map((c) => c.name).join(" "), node.about].map((text) => text.toLowerCase());
  byId.set(node.id, node);
}
data.nodes.sort((a, b) => a.label.localeCompare(b.label));

const plural = (count, type) => `${count.toLocaleString("en")} ${count === 1 ? type : PLURALS[type] ?? type + "s"}`;
const page = (id) => "#/" + encodeURIComponent(id);
const link = (node, text) => el("a", { href: page(node.id) }, text ?? node.label);

function bytes(count) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let at = 0;
  while (count >= 1000 && at < units.length - 1) {
    count /= 1000;
    at++;
  }
  return `${count.toLocaleString("en", { maximumFractionDigits: at ? 1 : 0 })} ${units[at]}`;
}

// --- the list beside the page -----------------------------------------------------------------------------------

const tree = el("div", { class: "tree" });
const hits = el("div", { class: "hits", hidden: true });
const said = el("p", { class: "unseen", role: "status" });
const search = el("input", { type: "search", id: "search", placeholder: "Search names, columns, tags, words", autocomplete: "off", spellcheck: "false", "aria-label": "Search the documentation" });
const sorts = el("div", { class: "choice", role: "group", "aria-label": "List by" });
let listedBy = "Folders";

function entry(node) {
  return el("li", {}, el("a", { href: page(node.id), class: "entry " + node.type, "data-id": node.id }, el("span", { class: "dot", "aria-hidden": "true" }), node.label, el("span", { class: "unseen" }, ` (${node.type})`)));
}

function placeOf(node) {
  if (node.type === "exposure") return ["Exposures"];
  if (listedBy === "Namespaces") return [node.schema || "no namespace"];
  return node.folders.length ? node.folders : [node.package];
}

function branch(name, inside) {
  const folders = [...inside.folders].sort(([a], [b]) => a.localeCompare(b)).map(([inner, below]) => branch(inner, below));
  const list = inside.nodes.length ? el("ul", {}, inside.nodes.map(entry)) : null;
  return el("details", { open: true }, el("summary", {}, name), folders, list);
}

function list() {
  const root = { folders: new Map(), nodes: [] };
  for (const node of data.nodes) {
    let at = root;
    for (const folder of placeOf(node)) {
      if (!at.folders.has(folder)) at.folders.set(folder, { folders: new Map(), nodes: [] });
      at = at.folders.get(folder);
    }
    at.nodes.push(node);
  }
  tree.replaceChildren(...[...root.folders].sort(([a], [b]) => a.localeCompare(b)).map(([name, inside]) => branch(name, inside)));
  sorts.replaceChildren(
    ...["Folders", "Namespaces"].map((name) => {
      const button = el("button", { type: "button", "aria-pressed": String(name === listedBy) }, name);
      button.addEventListener("click", () => {
        listedBy = name;
        list();
        sorts.querySelector('[aria-pressed="true"]').focus();
      });
      return button;
    }),
  );
  mark();
}

// Every word has to be somewhere; better where it is nearer to the beginning of a name.
function score(node, words) {
  let sum = 0;
  for (const word of words) {
    const at = node.words.findIndex((text) => text.includes(word));
    if (at < 0) return -1;
    sum += [40, 30, 20, 10, 5][at] + (node.words[at].startsWith(word) ? 20 : 0) + (node.words[at] === word ? 50 : 0);
  }
  return sum;
}

function find() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  hits.hidden = !words.length;
  tree.hidden = sorts.hidden = !hits.hidden;
  if (hits.hidden) {
    said.textContent = "";
    return;
  }
  const found = data.nodes
    .map((node) => ({ node, score: score(node, words) }))
    .filter((hit) => hit.score >= 0)
    .sort((a, b) => b.score - a.score || a.node.label.localeCompare(b.node.label));
  said.textContent = found.length ? `${found.length} found` : "Nothing found";
  hits.replaceChildren(
    el("p", { class: "count" }, said.textContent),
    el("ul", {}, found.slice(0, 200).map(({ node }) => {
      const item = entry(node);
      const columns = node.columns.filter((c) => words.some((word) => c.name.toLowerCase().includes(word))).map((c) => c.name);
      if (columns.length) item.append(el("span", { class: "hint" }, columns.slice(0, 4).join(", ")));
      return item;
    })),
  );
  mark();
}

search.addEventListener("input", find);
search.addEventListener("keydown", (event) => {
  const first = hits.querySelector("a");
  if (first && !hits.hidden && (event.key === "Enter" || event.key === "ArrowDown")) {
    event.preventDefault();
    if (event.key === "Enter") location.hash = first.getAttribute("href");
    else first.focus();
  } else if (event.key === "Escape") {
    search.value = "";
    find();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(input|textarea|select)$/i.test(document.activeElement?.tagName ?? "") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search.focus();
  }
});
for (const box of [hits, tree]) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...box.querySelectorAll("a, summary")].filter((one) => one.offsetParent);
    const at = links.indexOf(document.activeElement);
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (at < 0) return;
    event.preventDefault();
    if (next < 0 && box === hits) search.focus();
    else links[Math.max(0, Math.min(links.length - 1, next))].focus();
  });
}

function mark() {
  const id = current();
  document.querySelectorAll("nav a[data-id]").forEach((one) => (one.dataset.id === id ? one.setAttribute("aria-current", "page") : one.removeAttribute("aria-current")));
}

// --- one dataset --------------------------------------------------------------------------------------------------

const KEYWORDS = new Set("select from where group by order having limit offset join left right full inner outer cross on using as and or not in is null case when then else end with union all except intersect distinct over partition rows range between like ilike exists qualify window lateral unnest values cast asc desc true false filter interval".split(" "));
const TOKENS = /(--[^\n]*|\/\*[\s\S]*?\*\/|\{#[\s\S]*?#\})|(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})|('(?:[^']|'')*')|\b(\d+(?:\.\d+)?)\b|\b([a-z_]\w*)\b/gi;

function highlighted(code, language) {
  if (language === "java") return [code];
  const parts = [];
  let end = 0;
  for (const match of code.matchAll(TOKENS)) {
    const kind = match[1] ? "comment" : match[2] ? "jinja" : match[3] ? "string" : match[4] ? "number" : KEYWORDS.has(match[0].toLowerCase()) ? "keyword" : null;
    if (!kind) continue;
    parts.push(code.slice(end, match.index), el("span", { class: kind }, match[0]));
    end = match.index + match[0].length;
  }
  parts.push(code.slice(end));
  return parts;
}

function codeBlock(code, language, label) {
  return el("pre", { tabindex: "0", role: "region", "aria-label": label }, el("code", {}, highlighted(code, language)));
}

function section(title, ...content) {
  const id = "s-" + title.toLowerCase().replace(/\W+/g, "-");
  return el("section", { "aria-labelledby": id }, el("h2", { id }, title), content);
}

function badges(node) {
  const words = [node.type === "exposure" ? node.exposed || "exposure" : node.type];
  if (node.kind && node.kind !== node.type) words.push(node.kind);
  if (node.contract) words.push("contract enforced");
  if (node.access && node.access !== "protected") words.push(node.access);
  if (node.maturity) words.push(node.maturity + " maturity");
  const made = words.map((word, i) => el("li", { class: i ? "badge" : "badge type " + node.type }, word));
  if (node.deprecation_date) made.push(el("li", { class: "badge warn" }, "deprecated " + node.deprecation_date.slice(0, 10)));
  return el("ul", { class: "badges", "aria-label": "Kind" }, made, node.tags.map((tag) => el("li", { class: "badge tag" }, "#" + tag)));
}

function facts(node) {
  const known = node.facts;
  const rows = [
    ["In SQL", node.table && node.kind !== "ephemeral" ? el("code", {}, node.table) : ""],
    ["Rows", known.row_count === undefined ? "" : Number(known.row_count).toLocaleString("en")],
    ["Size", known.bytes === undefined ? "" : bytes(Number(known.bytes))],
    ["Published", known.last_modified ? known.last_modified.slice(0, 16).replace("T", " ") + " UTC" : ""],
    ["Owner", node.owner],
    ["Group", node.group],
    ["Package", node.package === data.project ? "" : node.package],
    ["Address", node.url && safeAddress(node.url) ? el("a", { href: safeAddress(node.url), rel: "noopener noreferrer" }, node.url) : node.url],
    ["File", el("code", {}, node.file)],
  ].filter(([, value]) => value !== "" && value !== undefined && value !== null);
  return el("dl", { class: "facts" }, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function graphOf(node) {
  const holder = el("div", { class: "scroll picture", tabindex: "0", role: "region", "aria-label": "Lineage graph" });
  const choice = el("select", { id: "steps" }, ["1", "2", "3", "all"].map((steps) => el("option", { value: steps, selected: steps === "2" }, steps === "1" ? "1 step" : `${steps} steps`)));
  const draw = () => {
    const shown = around(node, byId, choice.value === "all" ? Infinity : Number(choice.value));
    holder.replaceChildren(drawing(shown, node.id, `What ${node.label} is made from, and what is made from it`));
    const middle = holder.querySelector(".current rect");
    holder.scrollLeft = Number(middle.getAttribute("x")) + BOX_WIDTH / 2 - holder.clientWidth / 2;
    holder.scrollTop = Number(middle.getAttribute("y")) - holder.clientHeight / 2;
  };
  choice.addEventListener("change", draw);
  requestAnimationFrame(draw);
  return [el("p", { class: "control" }, el("label", { for: "steps" }, "Up and down by "), choice), holder];
}

function neighbours(title, ids) {
  const found = ids.filter((id) => byId.has(id)).map((id) => byId.get(id));
  return el("div", {}, el("h3", {}, title), found.length ? el("ul", { class: "plain" }, found.map((one) => el("li", {}, link(one), el("span", { class: "dim" }, " " + one.type)))) : el("p", { class: "dim" }, "nothing"));
}

function columnTable(node) {
  const tests = (column) => node.tests.filter((test) => test.column.toLowerCase() === column.name.toLowerCase());
  const all = {
    Column: (column) => el("th", { scope: "row", id: "c-" + column.name }, el("code", {}, column.name), column.keys.map((key) => el("span", { class: "badge" }, key)), column.tags.map((tag) => el("span", { class: "badge tag" }, "#" + tag))),
    Type: (column) => (column.type ? el("code", {}, column.type) : null),
    Description: (column) => (column.about ? markdown(column.about) : null),
    Tests: (column) => (tests(column).length ? el("ul", { class: "plain" }, tests(column).map((test) => el("li", { title: test.name }, test.brief, test.severity === "warn" ? el("span", { class: "dim" }, " warns") : null))) : null),
    Privacy: (column) => (column.privacy ? el("span", { class: "badge private" }, column.privacy) : null),
    From: (column) => (column.from.length ? el("ul", { class: "plain" }, column.from.map(originOf)) : null),
  };
  const used = Object.keys(all).filter((name) => name === "Column" || node.columns.some((column) => all[name](column)));
  const head = el("thead", {}, el("tr", {}, used.map((name) => el("th", { scope: "col" }, name))));
  const rows = node.columns.map((column) => el("tr", {}, used.map((name) => (name === "Column" ? all.Column(column) : el("td", { class: name.toLowerCase() }, all[name](column))))));
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Columns" }, el("table", { class: "columns" }, head, el("tbody", {}, rows)));
}

function originOf(origin) {
  const from = byId.get(origin.id);
  return el("li", {}, from ? link(from) : origin.table, el("span", { class: "dim" }, "." + origin.column));
}

function testList(node) {
  return el("ul", { class: "testlist" }, node.tests.map((test) => {
    const title = [el("span", {}, test.column ? `${test.column}: ${test.brief}` : test.brief), test.severity === "warn" ? el("span", { class: "badge warn" }, "warns") : null, el("code", { class: "dim" }, test.file)];
    const about = test.about ? markdown(test.about) : null;
    return test.sql ? el("li", {}, el("details", {}, el("summary", {}, title), about, codeBlock(test.sql, "sql", "SQL of " + test.name))) : el("li", { class: "flat" }, title, about);
  }));
}

function code(node) {
  const versions = { Source: node.code, Compiled: node.compiled };
  const names = Object.keys(versions).filter((name) => versions[name]);
  const holder = el("div");
  const buttons = names.map((name) => el("button", { type: "button" }, name));
  const copy = el("button", { type: "button", class: "copy" }, "Copy");
  let shown = names[0];
  const show = (name) => {
    shown = name;
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(names[i] === name)));
    holder.replaceChildren(codeBlock(versions[name], node.language, name + " of " + node.label));
  };
  buttons.forEach((button, i) => button.addEventListener("click", () => show(names[i])));
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(versions[shown]);
      copy.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(holder);
      copy.textContent = "Selected";
    }
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  });
  show(shown);
  return [el("div", { class: "bar" }, el("div", { class: "choice", role: "group", "aria-label": "Which code" }, buttons), copy), holder];
}

function nodePage(node) {
  const parts = [el("h1", { tabindex: "-1" }, node.label), badges(node), facts(node)];
  if (node.about) parts.push(el("div", { class: "about" }, markdown(node.about)));
  if (node.columns.length) parts.push(section("Columns", columnTable(node)));
  if (node.up.length || node.down.length) {
    parts.push(section("Lineage", graphOf(node), el("div", { class: "sides" }, neighbours("Made from", node.up), neighbours("Used by", node.down))));
  }
  if (node.tests.length) parts.push(section("Tests", testList(node)));
  if (node.code || node.compiled) parts.push(section(node.language === "java" ? "Java" : "SQL", code(node)));
  return [node.label, parts];
}

// --- the others -----------------------------------------------------------------------------------------------------

function home() {
  const counts = TYPES.map((type) => [type, data.nodes.filter((node) => node.type === type).length]).filter(([, count]) => count);
  const undescribed = data.nodes.filter((node) => !node.about && node.type !== "exposure").length;
  const parts = [
    el("h1", { tabindex: "-1" }, data.project),
    el("ul", { class: "badges", "aria-label": "What there is" }, counts.map(([type, count]) => el("li", { class: "badge type " + type }, plural(count, type)))),
    data.overview ? el("div", { class: "about" }, markdown(data.overview)) : null,
    section("Lineage", el("p", {}, el("a", { href: "#/lineage" }, "How everything follows from everything"))),
    section("All datasets", el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "All datasets" }, el("table", {}, el("thead", {}, el("tr", {}, ["Name", "Type", "Rows", "Description"].map((name) => el("th", { scope: "col", class: name === "Rows" ? "number" : null }, name)))), el("tbody", {}, data.nodes.map((node) => el("tr", {}, el("th", { scope: "row" }, link(node)), el("td", {}, node.type === "model" && node.kind ? node.kind : node.type), el("td", { class: "number" }, node.facts.row_count === undefined ? "" : Number(node.facts.row_count).toLocaleString("en")), el("td", {}, node.about.split(/\n\s*\n/)[0] ? markdown(node.about.split(/\n\s*\n/)[0]) : el("span", { class: "dim" }, "none")))))))),
    undescribed ? el("p", { class: "dim" }, `${undescribed} of ${data.nodes.length} have no description yet.`) : null,
    el("p", { class: "dim" }, `Environment ${data.environment}` + (data.at ? `, as of ${data.at.slice(0, 16).replace("T", " ")} UTC.` : ".")),
  ];
  return [data.project, parts];
}

function wholeLineage() {
  const shown = data.nodes.filter((node) => node.up.length || node.down.length);
  const drawn = shown.slice(0, DRAWN_MAX);
  const note = shown.length > drawn.length ? el("p", { class: "dim" }, `The first ${drawn.length} of ${shown.length}; the page of a dataset shows what is around it.`) : null;
  const picture = drawn.length ? el("div", { class: "scroll picture tall", tabindex: "0", role: "region", "aria-label": "Lineage graph" }, drawing(drawn, "", "Lineage of " + data.project)) : el("p", {}, "Nothing follows from anything yet.");
  return ["Lineage", [el("h1", { tabindex: "-1" }, "Lineage"), note, picture]];
}

function lost(id) {
  return ["Not found", [el("h1", { tabindex: "-1" }, "Not found"), el("p", {}, "Nothing here is called ", el("code", {}, id), ". ", el("a", { href: "#/" }, "All datasets"))]];
}

// --- the frame ------------------------------------------------------------------------------------------------------

const main = el("main", { id: "main", tabindex: "-1" });
const browse = el("button", { type: "button", class: "browse", "aria-expanded": "false", "aria-controls": "side" }, "Browse");
const side = el("nav", { id: "side", "aria-label": "Datasets" }, sorts, tree, hits);
const frame = el("div", { class: "frame" }, el("header", {}, el("a", { class: "home", href: "#/" }, data.project), el("div", { class: "search", role: "search" }, search, said), browse), side, main);

function open(isOpen) {
  browse.setAttribute("aria-expanded", String(isOpen));
  frame.classList.toggle("open", isOpen);
}
browse.addEventListener("click", () => open(browse.getAttribute("aria-expanded") !== "true"));
search.addEventListener("input", () => open(true));

function current() {
  const hash = location.hash;
  if (!hash.startsWith("#/")) return "";
  try {
    return decodeURIComponent(hash.slice(2));
  } catch {
    return hash.slice(2);
  }
}

// dbt's own addresses (#!/model/model.shop.orders) lead to the same.
function dbtAddress() {
  const old = /^#!\/\w+\/([^?]+)/.exec(location.hash);
  if (old) location.replace(page(decodeURIComponent(old[1])));
  return Boolean(old);
}

function show(isMove) {
  const id = current();
  const node = byId.get(id);
  const [title, parts] = !id ? home() : id === "lineage" ? wholeLineage() : node ? nodePage(node) : lost(id);
  document.title = title === data.project ? title : `${title} · ${data.project}`;
  main.replaceChildren(...parts.filter(Boolean));
  main.classList.toggle("wide", id === "lineage");
  open(false);
  mark();
  if (isMove) {
    scrollTo(0, 0);
    main.querySelector("h1").focus({ preventScroll: true });
  }
}

addEventListener("hashchange", () => {
  if (dbtAddress()) return;
  if (location.hash === "" || location.hash.startsWith("#/")) show(true);
});
document.getElementById("app").replaceChildren(frame);
list();
if (!dbtAddress()) show(false);
