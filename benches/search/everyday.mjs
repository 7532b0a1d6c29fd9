// Everyday queries by kind, written by hand from what people ask, not from the texts; every title that answers is right.
// One line a query: "query | title | title …"; a title without the country's name and without what stands in brackets.
// Of each kind every other query is for tuning; the others are reported and were never looked at while tuning.
import { norm, random } from "./queries.mjs";

const KINDS = {
  question: `
老人高龄补贴怎么领 | 老年人权益保障法
公司不发工资怎么办 | 保障农民工工资支付条例 | 劳动法 | 劳动合同法 | 工资支付暂行规定 | 劳动保障监察条例
上班路上被车撞了算工伤吗 | 工伤保险条例
失业金怎么申请 | 失业保险条例 | 社会保险法
离婚要带什么材料 | 婚姻登记条例
怎么收养一个孩子 | 中国公民收养子女登记办法 | 民法典
房子被拆迁怎么补偿 | 国有土地上房屋征收与补偿条例
公积金可以取出来吗 | 住房公积金管理条例
年假有几天 | 职工带薪年休假条例 | 企业职工带薪年休假实施办法
怎么申请公开政府信息 | 政府信息公开条例
居住证怎么办 | 居住证暂行条例
护照过期了怎么换 | 护照法
个人所得税怎么算 | 个人所得税法 | 个人所得税法实施条例
孕妇能不能被辞退 | 女职工劳动保护特别规定 | 劳动合同法 | 妇女权益保障法 | 劳动法
买到假货怎么赔 | 消费者权益保护法 | 产品质量法 | 侵害消费者权益行为处罚办法 | 食品安全法
物业费不交会怎样 | 物业管理条例
商标怎么注册 | 商标法 | 商标法实施条例
家里养老院要什么条件才能开 | 老年人权益保障法
怎样投诉旅行社 | 旅行社条例 | 旅游法
快递丢了怎么赔偿 | 快递暂行条例 | 邮政法
对行政处罚不服怎么办 | 行政处罚法 | 行政复议法 | 行政诉讼法
残疾人找工作有什么优惠 | 残疾人就业条例 | 残疾人保障法
什么情况下可以放烟花 | 烟花爆竹安全管理条例
献血有什么补助 | 献血法
`,
  synonym: `
社保 | 社会保险法
环评 | 环境影响评价法 | 规划环境影响评价条例
消法 | 消费者权益保护法
五险一金 | 社会保险法 | 住房公积金管理条例
驾照 | 机动车驾驶证申领和使用规定 | 道路交通安全法 | 道路交通安全法实施条例
低保 | 社会救助暂行办法 | 城市居民最低生活保障条例
个税 | 个人所得税法 | 个人所得税法实施条例
交强险 | 机动车交通事故责任强制保险条例
刑诉法 | 刑事诉讼法
人大代表选举法 | 全国人民代表大会和地方各级人民代表大会选举法
知产 海关保护 | 知识产权海关保护条例
医保基金 | 医疗保障基金使用监督管理条例
非遗 | 非物质文化遗产法
反诈法 | 反电信网络诈骗法
危化品 | 危险化学品安全管理条例
劳动仲裁 | 劳动争议调解仲裁法
身份证 | 居民身份证法
工商户 | 个体工商户条例 | 促进个体工商户发展条例
未保法 | 未成年人保护法
公积金 | 住房公积金管理条例
网吧 | 互联网上网服务营业场所管理条例
无人机 | 无人驾驶航空器飞行管理暂行条例
交规 | 道路交通安全法 | 道路交通安全法实施条例
招投标 | 招标投标法 | 招标投标法实施条例
`,
  article: `
民法典第一百八十四条 | 民法典 #art-184
刑法 232条 | 刑法 #art-232
劳动合同法第三十九条 | 劳动合同法 #art-39
劳动合同法 第47条 | 劳动合同法 #art-47
《行政处罚法》第33条 | 行政处罚法 #art-33
道路交通安全法91条 | 道路交通安全法 #art-91
消费者权益保护法第五十五条 | 消费者权益保护法 #art-55
民法典第1079条 | 民法典 #art-1079
治安管理处罚法第四十三条 | 治安管理处罚法 #art-43
宪法第三十五条 | 宪法 #art-35
刑法第一百二十条之一 | 刑法 #art-120-1
刑法第二百八十七条之二 | 刑法 #art-287-2
食品安全法148条 | 食品安全法 #art-148
中华人民共和国公司法第二十一条 | 公司法 #art-21
工伤保险条例第十四条 | 工伤保险条例 #art-14
政府信息公开条例 第二十条 | 政府信息公开条例 #art-20
行政诉讼法第12条第一款 | 行政诉讼法 #art-12
消法第五十五条 | 消费者权益保护法 #art-55
刑诉法第八十一条 | 刑事诉讼法 #art-81
個人信息保護法第十三條 | 个人信息保护法 #art-13
`,
  slip: `
未年人保护 | 未成年人保护法
食安品全 | 食品安全法 | 食品安全法实施条例
劳动同合 | 劳动合同法 | 劳动合同法实施条例
行政许可发 | 行政许可法
消费权者益 | 消费者权益保护法
个人信息保户 | 个人信息保护法
道交路通安全 | 道路交通安全法 | 道路交通安全法实施条例
义务教肓法 | 义务教育法
政俯采购 | 政府采购法 | 政府采购法实施条例
知产识权 | 知识产权海关保护条例
土地理管法 | 土地管理法 | 土地管理法实施条例
招投标标法 | 招标投标法 | 招标投标法实施条例
网洛安全法 | 网络安全法
数剧安全 | 数据安全法 | 网络数据安全管理条例
残人疾保障 | 残疾人保障法
森木法 | 森林法
物业官理 | 物业管理条例
信坊条例 | 信访条例 | 信访工作条例
不产动登记 | 不动产登记暂行条例
反家庭爆力 | 反家庭暴力法
`,
  pinyin: `
shehuibaoxian | 社会保险法
laodonghetong | 劳动合同法 | 劳动合同法实施条例
xingzhengchufa | 行政处罚法
gongshangbaoxian | 工伤保险条例
minfadian | 民法典
shipinanquan | 食品安全法 | 食品安全法实施条例
zhufanggongjijin | 住房公积金管理条例
xzxkf | 行政许可法
wcnrbhf | 未成年人保护法
laonianren | 老年人权益保障法
zhengfuxinxigongkai | 政府信息公开条例
huzhaofa | 护照法
wuyeguanli | 物业管理条例
hunyin dengji | 婚姻登记条例
tudiguanlifa | 土地管理法
geren suodeshui | 个人所得税法 | 个人所得税法实施条例
ggtsgf | 公共图书馆法
jdcdjgd | 机动车登记规定
shujuanquanfa | 数据安全法
yiwujiaoyu | 义务教育法
`,
  homophone: `
公伤保险 | 工伤保险条例
失业保现 | 失业保险条例
社会包险 | 社会保险法
行正处罚 | 行政处罚法
未成年人宝护 | 未成年人保护法
老动法 | 劳动法
交通安权 | 道路交通安全法 | 海上交通安全法 | 内河交通安全管理条例 | 道路交通安全法实施条例 | 渔港水域交通安全管理条例
婚因登记 | 婚姻登记条例
环竟保护 | 环境保护法
专力法 | 专利法
著做权 | 著作权法 | 著作权法实施条例 | 著作权集体管理条例
政府彩购 | 政府采购法 | 政府采购法实施条例
国家陪偿 | 国家赔偿法
破厂法 | 企业破产法
证卷法 | 证券法
户口登计 | 户口登记条例
`,
  date: `
2021年 数据安全法 | 数据安全法
2020年民法典 | 民法典
2018年个人所得税法 | 个人所得税法
2024年修订 统计法 | 统计法
2023 慈善法 | 慈善法
统计法 2009 | 统计法
2008年劳动合同法实施条例 | 劳动合同法实施条例
1954年宪法 宪法2018年修正 | 宪法修正案 | 宪法
2019年优化营商环境 | 优化营商环境条例
2016年网络安全法 | 网络安全法
2022 妇女权益保障法 | 妇女权益保障法
2012年未成年人保护 | 未成年人保护法
2014年安全生产 | 安全生产法
2003年工伤保险 | 工伤保险条例
2007年职工带薪年休假 | 职工带薪年休假条例
2015年居住证 | 居住证暂行条例
`,
  latin: `
App 个人信息 | 个人信息保护法 | 网络数据安全管理条例
WTO 反倾销 | 反倾销条例
GMP 药品 | 药品管理法 | 药品管理法实施条例
300总吨船舶 | 关于不满300总吨船舶及沿海运输、沿海作业船舶海事赔偿限额的规定
ＡＰＰ 网络安全 | 网络安全法
卫星电视C波段 | 卫星电视广播地面接收设施管理规定 | 无线电管理条例
pm2.5 大气污染 | 大气污染防治法
5G 电信条例 | 电信条例
SIM卡 诈骗 | 反电信网络诈骗法
VPN 国际联网 | 计算机信息网络国际联网管理暂行规定 | 计算机信息网络国际联网管理暂行规定实施办法 | 计算机信息网络国际联网安全保护管理办法
ISO 标准化法 | 标准化法 | 标准化法实施条例
AI算法推荐 | 互联网信息服务算法推荐管理规定
KTV 娱乐场所 | 娱乐场所管理条例
LPG 燃气管理 | 城镇燃气管理条例
ETF 证券投资基金 | 证券投资基金法
CT 放射性 | 放射性药品管理办法 | 放射性污染防治法
`,
};

// A part of a document number, a whole one, and one in quotes: made from numbers that stand in one law only.
function numbers(docs, right) {
  const found = new Map();
  for (const d of docs) for (const m of d.body.matchAll(/国务院令[(（]?第(\d{2,3})号/g)) found.set(m[1], (found.get(m[1]) || new Set()).add(norm(d.title)));
  const r = random(16), once = r.shuffle([...found].filter(([, t]) => t.size === 1).sort()).slice(0, 12);
  const han = (n) => String(n).split("").map((c) => "〇一二三四五六七八九"[c]).join("");
  const ways = [(n) => `国务院令第${n}号`, (n) => `令第${n}号`, (n) => `国务院第${n}号令`, (n) => `国务院令${n}号`, (n) => `“国务院令第${n}号”`, (n) => `国务院令 第${han(n)}号`];
  const out = once.map(([n, t], i) => ["number", ways[i % ways.length](n), [...t]]);
  const bracketed = new Map();
  for (const d of docs) for (const m of d.body.matchAll(/(国发|国办发|法释|财税|国函)〔(\d{4})〕(\d{1,3})号/g)) bracketed.set(m[0], (bracketed.get(m[0]) || new Set()).add(norm(d.title)));
  const some = r.shuffle([...bracketed].filter(([, t]) => t.size === 1).sort()).slice(0, 8);
  const parts = [(n) => n.replace(/[〔〕]/g, " "), (n) => `“${n}”`, (n) => n.replace(/^[^〔]+/, ""), (n) => n.replace("号", "")];
  some.forEach(([n, t], i) => out.push(["number", parts[i % parts.length](n), [...t]]));
  return out;
}

export function everyday(docs) {
  const byName = new Map(), out = [], missing = [];
  for (const d of docs) byName.set(norm(d.title), [...(byName.get(norm(d.title)) || []), d.url]);
  const add = (kind, q, titles, anchor) => {
    const right = titles.flatMap((t) => byName.get(t) || []);
    if (right.length) out.push({ kind, q, right, anchor, half: out.filter((o) => o.kind === kind).length % 2 });
    else missing.push(q);
  };
  for (const [kind, lines] of Object.entries(KINDS)) {
    for (const line of lines.trim().split("\n")) {
      const [q, ...titles] = line.split(" | "), anchor = /#(art-[\d-]+)/.exec(line);
      add(kind, q, titles.map((t) => t.replace(/ #.*/, "").trim()), anchor && anchor[1]);
    }
  }
  numbers(docs).forEach(([kind, q, titles]) => add(kind, q, titles));
  return { queries: out, missing };
}
