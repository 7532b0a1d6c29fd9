// Notices of about a thousand characters, cut from the laws at places that differ: the shape of a large portal.
import { random, norm } from "./queries.mjs";

const KINDS = ["通知", "意见", "公告", "办法", "批复"];

export function scaled(laws, n) {
  const r = random(20240101), out = [], long = laws.filter((d) => d.body.length > 1500);
  for (let i = 0; i < n; i++) {
    const law = long[r.below(long.length)], from = r.below(law.body.length - 1100), body = law.body.slice(from, from + 800 + r.below(400));
    const words = body.match(/[\u4e00-\u9fff]{6,14}/g) || [norm(law.title)];
    const year = 2000 + r.below(25), month = 1 + r.below(12), day = 1 + r.below(28), two = (x) => String(x).padStart(2, "0");
    out.push({ ...law, title: `${law.department}关于${words[r.below(words.length)]}的${KINDS[r.below(KINDS.length)]}`, body, date: `${year}-${two(month)}-${two(day)}`, docNo: "", file: `${i}` });
  }
  return out;
}
