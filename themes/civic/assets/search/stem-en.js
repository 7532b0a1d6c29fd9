//! Porter2, the English stemmer of Snowball, as the Rust crate rust-stemmers has it; shared vectors hold both together.
const V = "aeiouy", DOUBLE = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/, LI = "cdeghkmnrt";
const SPECIAL = { skis: "ski", skies: "sky", dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl" };
const SAME = ["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"], LATER = ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];
const TWO = [["ization", "ize"], ["ational", "ate"], ["fulness", "ful"], ["ousness", "ous"], ["iveness", "ive"], ["tional", "tion"], ["biliti", "ble"], ["lessli", "less"], ["entli", "ent"], ["ation", "ate"], ["alism", "al"], ["aliti", "al"], ["ousli", "ous"], ["iviti", "ive"], ["fulli", "ful"], ["enci", "ence"], ["anci", "ance"], ["abli", "able"], ["izer", "ize"], ["ator", "ate"], ["alli", "al"], ["bli", "ble"], ["ogi", "og"], ["li", ""]];
const THREE = [["ational", "ate"], ["tional", "tion"], ["alize", "al"], ["icate", "ic"], ["iciti", "ic"], ["ative", ""], ["ical", "ic"], ["ness", ""], ["ful", ""]];
const FOUR = ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"];

const vowel = (c) => c !== undefined && V.indexOf(c) >= 0;
const has = (w) => /[aeiouy]/.test(w);
// Where the region behind the first consonant after a vowel begins.
function region(w, from) {
  let i = from;
  while (i < w.length && !vowel(w[i])) i++;
  while (i < w.length && vowel(w[i])) i++;
  return Math.min(i + 1, w.length);
}
const shortEnd = (w) => (w.length === 2 ? vowel(w[0]) && !vowel(w[1]) : w.length > 2 && !vowel(w[w.length - 3]) && vowel(w[w.length - 2]) && !vowel(w[w.length - 1]) && "wxY".indexOf(w[w.length - 1]) < 0);

export function stem(word) {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  if (Object.prototype.hasOwnProperty.call(SPECIAL, word)) return SPECIAL[word];
  if (SAME.indexOf(word) >= 0) return word;
  let w = word.replace(/^y/, "Y");
  for (let i = 1; i < w.length; i++) if (w[i] === "y" && vowel(w[i - 1])) w = w.slice(0, i) + "Y" + w.slice(i + 1);
  const early = /^(gener|commun|arsen)/.exec(w), r1 = early ? early[0].length : region(w, 0), r2 = region(w, r1);
  const ends = (s) => w.slice(-s.length) === s, cut = (n, put) => (w = w.slice(0, w.length - n) + (put || "")), inside = (s, r) => w.length - s.length >= r;
  if (ends("sses")) cut(2);
  else if (ends("ied") || ends("ies")) cut(3, w.length > 4 ? "i" : "ie");
  else if (!ends("us") && !ends("ss") && ends("s") && has(w.slice(0, -2))) cut(1);
  if (LATER.indexOf(w) >= 0) return w;
  const eed = ["eedly", "eed"].find(ends), ed = ["ingly", "edly", "ing", "ed"].find(ends);
  if (eed) {
    if (inside(eed, r1)) cut(eed.length, "ee");
  } else if (ed && has(w.slice(0, -ed.length))) {
    cut(ed.length);
    if (ends("at") || ends("bl") || ends("iz")) w += "e";
    else if (DOUBLE.test(w)) cut(1);
    else if (w.length <= r1 && shortEnd(w)) w += "e";
  }
  if (w.length > 2 && /[^aeiouy][yY]$/.test(w)) cut(1, "i");
  const two = TWO.find((p) => ends(p[0]));
  if (two && inside(two[0], r1)) {
    const before = w[w.length - two[0].length - 1];
    if (two[0] === "li" ? LI.indexOf(before) >= 0 : two[0] !== "ogi" || before === "l") cut(two[0].length, two[1]);
  }
  const three = THREE.find((p) => ends(p[0]));
  if (three && inside(three[0], three[0] === "ative" ? r2 : r1)) cut(three[0].length, three[1]);
  const four = FOUR.find(ends);
  if (four && inside(four, r2) && (four !== "ion" || /[st]$/.test(w.slice(0, -3)))) cut(four.length);
  if (ends("e") && (inside("e", r2) || (inside("e", r1) && !shortEnd(w.slice(0, -1))))) cut(1);
  else if (ends("ll") && inside("l", r2)) cut(1);
  return w.replace(/Y/g, "y");
}
