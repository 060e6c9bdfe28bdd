"use strict";
// Markdown as DOM. Text becomes text nodes only, so nothing that is written can become markup.

function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// A link leads to the web, to a mail program or within this page; anything else stays text.
function safeAddress(address) {
  return /^(https?:\/\/|mailto:|#)/i.test(address.trim()) ? address.trim() : null;
}

const INLINE =
  /(`+)([^`](?:.*?[^`])?)\1(?!`)|\*\*(\S(?:.*?\S)?)\*\*|__(\S(?:.*?\S)?)__(?!\w)|\*(\S(?:.*?\S)?)\*|(?<!\w)_(\S(?:.*?\S)?)_(?!\w)|!?\[([^\]]*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)|<?(https?:\/\/[^\s<>)]*[^\s<>).,;:!?'"])>?|\\([!-\/:-@\[-`{-~])/s;

function inline(text) {
  const found = [];
  let rest = text;
  while (rest) {
    const match = INLINE.exec(rest);
    if (!match) break;
    found.push(rest.slice(0, match.index));
    found.push(inlinePart(match));
    rest = rest.slice(match.index + match[0].length);
  }
  found.push(rest);
  return found.filter((part) => part !== "");
}

function inlinePart([whole, , code, strong1, strong2, em1, em2, label, address, plain, escaped]) {
  if (code !== undefined) return el("code", {}, code.trim());
  if (strong1 ?? strong2) return el("strong", {}, inline(strong1 ?? strong2));
  if (em1 ?? em2) return el("em", {}, inline(em1 ?? em2));
  if (escaped) return escaped;
  const target = safeAddress(address ?? plain ?? "");
  if (!target) return whole;
  const attributes = target.startsWith("#") ? { href: target } : { href: target, rel: "noopener noreferrer" };
  // Pictures are not loaded from anywhere: their text leads to them.
  return el("a", attributes, label ? inline(label) : target);
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

function markdown(text) {
  return blocks(text.replace(/\r\n?/g, "\n").replace(/<!--.*?-->/gs, "").split("\n"));
}

function blocks(lines) {
  const made = [];
  let i = 0;
  while (i < lines.length) {
    const [block, next] = block1(lines, i);
    if (block) made.push(block);
    i = next;
  }
  return made;
}

function block1(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  const fence = /^\s{0,3}(```+|~~~+)/.exec(line);
  if (fence) return fenced(lines, at, fence[1]);
  const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return [el("h" + Math.min(6, heading[1].length + 2), {}, inline(heading[2])), at + 1];
  if (/^\s{0,3}([-*_])(\s*\1){2,}\s*$/.test(line)) return [el("hr"), at + 1];
  if (/^\s{0,3}>/.test(line)) return quoted(lines, at);
  if (ITEM.test(line)) return listed(lines, at);
  if (isTable(lines, at)) return tabled(lines, at);
  return paragraph(lines, at);
}

function fenced(lines, at, fence) {
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(fence)) end++;
  return [el("pre", { tabindex: "0" }, el("code", {}, lines.slice(at + 1, end).join("\n"))), end + 1];
}

function quoted(lines, at) {
  let end = at;
  while (end < lines.length && /^\s{0,3}>/.test(lines[end])) end++;
  return [el("blockquote", {}, blocks(lines.slice(at, end).map((line) => line.replace(/^\s{0,3}> ?/, "")))), end];
}

// Items of one depth; what is deeper belongs to the item before it.
function listed(lines, at) {
  const first = ITEM.exec(lines[at]);
  const depth = first[1].length;
  const list = el(/\d/.test(first[2]) ? "ol" : "ul");
  let i = at;
  while (i < lines.length) {
    const item = ITEM.exec(lines[i]);
    if (!item || item[1].length < depth || item[1].length > depth + 1) break;
    const inner = [item[3]];
    i++;
    while (i < lines.length && /^\s+\S/.test(lines[i]) && lines[i].search(/\S/) > depth + 1) {
      inner.push(lines[i].slice(Math.min(lines[i].search(/\S/), depth + 2)));
      i++;
    }
    const parts = blocks(inner);
    list.append(el("li", {}, parts[0]?.tagName === "P" ? [...parts[0].childNodes] : parts[0], parts.slice(1)));
    if (i < lines.length && !lines[i].trim() && ITEM.test(lines[i + 1] ?? "")) i++;
  }
  return [list, i];
}

function isTable(lines, at) {
  return lines[at].includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? "");
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
}

function tabled(lines, at) {
  const head = cells(lines[at]).map((cell) => el("th", { scope: "col" }, inline(cell)));
  const body = el("tbody");
  let end = at + 2;
  for (; end < lines.length && lines[end].includes("|"); end++) {
    body.append(el("tr", {}, cells(lines[end]).map((cell) => el("td", {}, inline(cell)))));
  }
  const table = el("table", {}, el("thead", {}, el("tr", {}, head)), body);
  return [el("div", { class: "scroll", tabindex: "0" }, table), end];
}

function paragraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !/^\s{0,3}(#{1,6}\s|>|```|~~~)/.test(lines[end]) && !ITEM.test(lines[end])) end++;
  return [el("p", {}, inline(lines.slice(at, end).map((line) => line.trim()).join("\n"))), end];
}
