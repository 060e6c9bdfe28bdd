// A layered drawing of what follows from what: left to right, by the longest way from a beginning.
const BOX_WIDTH = 190;
const BOX_HEIGHT = 30;
const GAP_X = 56;
const GAP_Y = 14;
const SWEEPS = 8;
const DRAWN_MAX = 150;

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// Everything within so many steps up and so many down; nearest first, as many as can be drawn.
function around(center, byId, steps) {
  const found = new Set([center.id]);
  for (const way of ["up", "down"]) {
    let edge = [center];
    for (let step = 0; step < steps && edge.length; step++) {
      const next = [];
      for (const node of edge) {
        for (const id of node[way]) {
          if (!found.has(id) && byId.has(id) && found.size < DRAWN_MAX) {
            found.add(id);
            next.push(byId.get(id));
          }
        }
      }
      edge = next;
    }
  }
  return [...found].map((id) => byId.get(id));
}

function layersOf(nodes, inside) {
  const layer = new Map();
  const open = new Set();
  const depth = (node) => {
    if (layer.has(node.id)) return layer.get(node.id);
    if (open.has(node.id)) return 0;
    open.add(node.id);
    const ups = node.up.filter((id) => inside.has(id)).map((id) => depth(inside.get(id)) + 1);
    open.delete(node.id);
    layer.set(node.id, Math.max(0, ...ups));
    return layer.get(node.id);
  };
  nodes.forEach(depth);
  // What only feeds something far right stands next to it, not at the far left.
  for (const node of [...nodes].sort((a, b) => layer.get(b.id) - layer.get(a.id))) {
    const below = node.down.filter((id) => inside.has(id)).map((id) => layer.get(id));
    if (below.length) layer.set(node.id, Math.max(layer.get(node.id), Math.min(...below) - 1));
  }
  return layer;
}

// Places in their columns: the mean place of neighbours, swept to and fro, so that few lines cross. Lines that pass
// a column get a place in it.
function arrange(nodes) {
  const inside = new Map(nodes.map((node) => [node.id, node]));
  const layer = layersOf(nodes, inside);
  const columns = [];
  const places = new Map();
  const add = (place) => {
    (columns[place.layer] ??= []).push(place);
    places.set(place.key, place);
    return place;
  };
  for (const node of [...nodes].sort((a, b) => a.label.localeCompare(b.label))) {
    add({ key: node.id, node, layer: layer.get(node.id), left: [], right: [] });
  }
  const lines = [];
  for (const node of nodes) {
    for (const id of node.up.filter((one) => inside.has(one) && layer.get(one) < layer.get(node.id))) {
      const line = [places.get(id)];
      for (let at = layer.get(id) + 1; at < layer.get(node.id); at++) {
        line.push(add({ key: `${id}>${node.id}@${at}`, layer: at, left: [], right: [] }));
      }
      line.push(places.get(node.id));
      for (let i = 1; i < line.length; i++) {
        line[i - 1].right.push(line[i]);
        line[i].left.push(line[i - 1]);
      }
      lines.push(line);
    }
  }
  const number = () => columns.forEach((column) => column.forEach((place, i) => (place.order = i - (column.length - 1) / 2)));
  number();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const side = sweep % 2 ? "right" : "left";
    const order = sweep % 2 ? [...columns].reverse() : columns;
    for (const column of order) {
      for (const place of column) {
        const near = place[side];
        place.wish = near.length ? near.reduce((sum, other) => sum + other.order, 0) / near.length : place.order;
      }
      column.sort((a, b) => a.wish - b.wish);
      column.forEach((place, i) => (place.order = i - (column.length - 1) / 2));
    }
  }
  return { columns, lines };
}

function drawing(nodes, current, title) {
  const { columns, lines } = arrange(nodes);
  const rows = Math.max(...columns.map((column) => column.length));
  const width = columns.length * BOX_WIDTH + (columns.length - 1) * GAP_X + 4;
  const height = rows * (BOX_HEIGHT + GAP_Y) - GAP_Y + 4;
  const x = (place) => 2 + place.layer * (BOX_WIDTH + GAP_X);
  const y = (place) => height / 2 + place.order * (BOX_HEIGHT + GAP_Y);
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": title, class: "graph" });
  for (const line of lines) {
    let path = "";
    for (let i = 1; i < line.length; i++) {
      const x0 = x(line[i - 1]) + BOX_WIDTH;
      const x1 = x(line[i]);
      const middle = (x0 + x1) / 2;
      path += `${i === 1 ? "M" : "L"}${x0} ${y(line[i - 1])} C${middle} ${y(line[i - 1])} ${middle} ${y(line[i])} ${x1} ${y(line[i])}`;
    }
    picture.append(svg("path", { d: path, class: "edge", "aria-hidden": "true" }));
  }
  for (const place of columns.flat().filter((one) => one.node)) {
    picture.append(box(place.node, x(place), y(place) - BOX_HEIGHT / 2, place.node.id === current));
  }
  return picture;
}

function box(node, left, top, isCurrent) {
  const label = node.label.length > 25 ? node.label.slice(0, 24) + "…" : node.label;
  const link = svg("a", { href: "#/" + encodeURIComponent(node.id), class: `box ${node.type}${isCurrent ? " current" : ""}` });
  if (isCurrent) link.setAttribute("aria-current", "page");
  link.append(
    svg("title", {}, `${node.type} ${node.table || node.name}`),
    svg("rect", { x: left, y: top, width: BOX_WIDTH, height: BOX_HEIGHT, rx: 6 }),
    svg("rect", { x: left, y: top, width: 5, height: BOX_HEIGHT, rx: 2, class: "mark" }),
    svg("text", { x: left + 14, y: top + BOX_HEIGHT / 2 + 4.5 }, label),
  );
  return link;
}
