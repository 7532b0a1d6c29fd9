//! Document numbers in a query: the same as `numbers` of src/index/tokens.rs. Loaded when a query may have one.
import { classOf } from "./engine.js";

const GRAM = 1, ISSUER = 6;
const digit = (c) => c >= "0" && c <= "9";
// Document numbers with a year, brackets or not: { issuer, serial, from, to } in characters.
function dated(chars, each) {
  const open = "〔[(【{", close = "〕])】}";
  for (let i = 0; i < chars.length; ) {
    if (!digit(chars[i])) {
      i++;
      continue;
    }
    const at = i;
    while (i < chars.length && digit(chars[i])) i++;
    if (i - at !== 4) continue;
    let before = at;
    const back = (set) => {
      while (before && set.indexOf(chars[before - 1]) >= 0) before--;
    };
    back(" ");
    const opened = before > 0 && open.indexOf(chars[before - 1]) >= 0;
    if (opened) {
      back(open);
      back(" ");
    }
    let start = before;
    while (start && classOf(chars[start - 1]) === GRAM) start--;
    let after = i;
    while (chars[after] === " ") after++;
    const closed = after < chars.length && close.indexOf(chars[after]) >= 0;
    const spaced = after > i || ["-", "\u5e74", "\u7b2c"].indexOf(chars[after]) >= 0;
    if (opened !== closed || (!opened && ((start === before && chars.slice(after, after + 2).join("") !== "\u5e74\u7b2c") || !spaced))) continue;
    const skip = close + " \u7b2c" + (opened ? "" : "-\u5e74");
    while (after < chars.length && skip.indexOf(chars[after]) >= 0) after++;
    while (chars[after] === "0") after++;
    let end = after;
    while (end < chars.length && digit(chars[end])) end++;
    if (end === after || end - after > 5) continue;
    const serial = chars.slice(at, at + 4).join("") + "-" + chars.slice(after, end).join("");
    let to = end;
    while (chars[to] === " ") to++;
    if (chars[to] !== "\u53f7" && !opened && start === before) continue;
    to = chars[to] === "\u53f7" ? to + 1 : end;
    each({ issuer: chars.slice(Math.max(start, before - ISSUER), before).join(""), serial, from: start, to });
    i = to;
  }
}

// Han numerals, as far as numbers of decrees have them: 四百二十三, 四二三, 423.
function numeral(text) {
  const digits = "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d", units = "\u5341\u767e\u5343";
  let total = 0, last = 0, plain = "";
  for (const c of text.replace(/\u96f6/g, "\u3007")) {
    const d = digit(c) ? Number(c) : digits.indexOf(c);
    if (d >= 0) plain += last = d;
    else {
      total += (last || 1) * Math.pow(10, units.indexOf(c) + 1);
      last = 0;
      plain = "";
    }
  }
  return total ? total + last : Number(plain);
}

// Numbers of decrees, which have no year: 令第423号, 第423号令, 公告（第7号）.
const KIND = "(\u4ee4|\u516c\u544a|\u901a\u544a)", NUMERAL = "([0-9\u3007\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343]{1,9}) *\u53f7";
const DECREE = new RegExp(KIND + " *[(]? *\u7b2c? *" + NUMERAL + "[)]?|\u7b2c? *" + NUMERAL + " *" + KIND, "g");
// All numbers, in their order.
export function numbers(chars, each) {
  const all = [], text = chars.join("");
  dated(chars, (n) => all.push(n));
  DECREE.lastIndex = 0;
  for (let m; (m = DECREE.exec(text)); ) {
    const from = Array.from(text.slice(0, m.index)).length, to = from + Array.from(m[0]).length, n = numeral(m[2] || m[3]);
    if (!n || n > 99999 || all.some((o) => from < o.to && o.from < to)) continue;
    let start = from;
    while (start && classOf(chars[start - 1]) === GRAM) start--;
    all.push({ issuer: chars.slice(Math.max(start, from - ISSUER), from).join(""), serial: (m[1] || m[4]) + "-" + n, from: start, to });
  }
  all.sort((a, b) => a.from - b.from).forEach(each);
}

// Whether all of a text is one number.
export const isNumber = (text) => {
  const chars = Array.from(text.trim());
  let whole = false;
  numbers(chars, (n) => (whole = whole || (n.from === 0 && n.to === chars.length)));
  return whole;
};
