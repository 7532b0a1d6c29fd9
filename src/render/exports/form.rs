//! A form in Excel made from the dictionaries of a dataset: what a department fills in and sends to whoever keeps the data.
//!
//! Each file with a dictionary has a sheet with its head, drop-downs of declared values and what else Excel can hold a cell
//! to; the next sheet tells of every column. There are no macros and no formulas in cells. What Excel cannot check
//! (patterns, keys, what was pasted) `check FILE --dataset ID` does.

use crate::diag::{Diagnostic, Severity, say};
use crate::load::table::value::number;
use crate::model::{Bound, FieldInfo, Item, Resource};
use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{Entry, Planner, Site, Target};
use crate::schema::site::outputs;
use crate::types;
use rust_xlsxwriter::{
    Color, ConditionalFormatDuplicate, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    Formula, Note, Workbook, Worksheet, XlsxError,
};

/// `form.xlsx` beside the page of a dataset with a dictionary.
pub static EXPORT: Maker = Maker { name: "form", plan, make, cost: 2 };

/// Rows that are held to the dictionary; what stands below them is checked by the program alone.
const ROWS: u32 = 5_000;
/// Most files of a dataset that have a sheet, and most columns of one.
const SHEETS: usize = 20;
/// See above.
const COLUMNS: usize = 1_000;

/// What has a dictionary.
fn told(item: &Item) -> impl Iterator<Item = &Resource> {
    item.dataset().into_iter().flat_map(|d| &d.resources).filter(|r| !r.fields.is_empty() && !r.held).take(SHEETS)
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if !site.config.writes(&outputs::FORMS) {
        return;
    }
    for &i in site.derived.list(types::DATASET) {
        let item = &site.public.items[i as usize];
        if told(item).next().is_none() {
            continue;
        }
        for e in &item.editions {
            let path = format!("{}{}form.xlsx", site.public.languages[e.lang].prefix, pages::item_path(item));
            p.file(e.lang, path, Target::Form(i), 2, false, false);
        }
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Form(i) = entry.target else { return misrouted(entry) };
    let item = &ctx.public.items[i as usize];
    let form = Form { ctx, lang: entry.lang, item };
    match form.workbook() {
        Ok(bytes) => Ok(Made::Bytes(bytes)),
        Err(e) => {
            let text = say!("内部错误：{} 的填报表做不出来：{e}", "internal error: the form of {} cannot be made: {e}", item.id);
            Err(Box::new(Diagnostic::new("OUT001", Severity::Error, text).blocking()))
        }
    }
}

struct Form<'a> {
    ctx: &'a Ctx<'a>,
    lang: usize,
    item: &'a Item,
}

/// What a column wants, by the type that its author declares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Whole,
    Year,
    Number,
    Day,
    Moment,
    Clock,
    Yes,
    Text,
}

fn want(f: &FieldInfo) -> Want {
    match f.kind.as_deref().unwrap_or("").trim().to_lowercase().as_str() {
        "integer" | "int" => Want::Whole,
        "year" => Want::Year,
        "number" | "decimal" | "float" | "n" | "数值型" => Want::Number,
        "date" | "d" | "日期型" => Want::Day,
        "datetime" | "t" | "日期时间型" => Want::Moment,
        "time" => Want::Clock,
        "boolean" => Want::Yes,
        _ => Want::Text,
    }
}

impl Form<'_> {
    fn say(&self, key: &str) -> String {
        self.ctx.say(self.lang, key)
    }

    fn get(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.ctx.theme.messages[self.lang].get(key, args).unwrap_or_default()
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let title = &self.item.best(self.lang).title;
        // The same bytes on every day.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_title(cut(title, 250)).set_creation_datetime(&made));
        let resources: Vec<&Resource> = told(self.item).collect();
        let (about, values) = (self.say("form.about"), self.say("form.values"));
        let mut names = vec![about.clone(), values.clone()];
        let mut lists = Lists { name: values, columns: Vec::new() };
        for r in &resources {
            let name = sheet_name(r.title.get(self.lang), &r.name, &mut names);
            let mut sheet = Worksheet::new();
            sheet.set_name(name)?;
            for (c, f) in r.fields.iter().take(COLUMNS).enumerate() {
                self.column(&mut sheet, c as u16, f, &mut lists)?;
            }
            sheet.set_freeze_panes(1, 0)?;
            book.push_worksheet(sheet);
        }
        book.push_worksheet(self.about(&about, &resources)?);
        if !lists.columns.is_empty() {
            book.push_worksheet(lists.sheet()?);
        }
        book.save_to_buffer()
    }

    /// A column: its head with a note, its format, what a cell is held to.
    fn column(&self, sheet: &mut Worksheet, c: u16, f: &FieldInfo, lists: &mut Lists) -> Result<(), XlsxError> {
        let mut head = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap().set_background_color(Color::RGB(0xE7_EE_F4));
        if f.required {
            head = head.set_background_color(Color::RGB(0xFF_E9_B8));
        }
        let want = want(f);
        let format = match want {
            Want::Text => Some("@"),
            Want::Day => Some("yyyy-mm-dd"),
            Want::Moment => Some("yyyy-mm-dd hh:mm:ss"),
            Want::Clock => Some("hh:mm:ss"),
            _ => None,
        };
        if let Some(format) = format {
            sheet.set_column_format(c, &Format::new().set_num_format(format))?;
        }
        sheet.set_column_width(c, (f.name.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>() + 4.0).clamp(12.0, 40.0))?;
        sheet.write_string_with_format(0, c, cut(&f.name, 32_000), &head)?;
        let facts = self.facts(f);
        let lines: Vec<String> = facts.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}{}{v}", self.say("colon"))).collect();
        if !lines.is_empty() {
            sheet.insert_note(
                0,
                c,
                &Note::new(cut(&lines.join("\n"), 2_000)).add_author_prefix(false).set_width(260).set_height(60 + 18 * lines.len() as u32),
            )?;
        }
        if f.unique {
            let red = Format::new().set_background_color(Color::RGB(0xFF_C7_CE));
            sheet.add_conditional_format(1, c, ROWS, c, &ConditionalFormatDuplicate::new().set_format(red))?;
        }
        let Some(rule) = self.rule(f, want, c, lists)? else { return Ok(()) };
        // A note of Excel has a title of 32 characters and a text of 255.
        let short = cut(&lines.join("\n"), 250);
        let told = Some(self.rules(f)).filter(|r| !r.is_empty()).or_else(|| facts.get(1).map(|(_, kind)| kind.clone()));
        let error = self.get("form.wrong", &[("name", f.name.clone()), ("rule", told.unwrap_or_default())]);
        let rule = rule
            .ignore_blank(!f.required)
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title(cut(&self.say("form.wrong.title"), 30))?
            .set_error_message(cut(&error, 250))?
            .set_input_title(cut(&f.name, 30))?
            .set_input_message(short)?;
        sheet.add_data_validation(1, c, ROWS, c, &rule)?;
        Ok(())
    }

    /// What Excel holds the cells of a column to; none where it can hold them to nothing.
    fn rule(&self, f: &FieldInfo, want: Want, c: u16, lists: &mut Lists) -> Result<Option<DataValidation>, XlsxError> {
        let rule = DataValidation::new();
        let values = match want {
            _ if !f.allowed.is_empty() => f.allowed.clone(),
            Want::Yes => self.yes_no(f),
            _ => Vec::new(),
        };
        if !values.is_empty() {
            return Ok(Some(rule.allow_list_formula(Formula::new(lists.add(&f.name, values, matches!(want, Want::Whole | Want::Year | Want::Number))))));
        }
        let bound = |b: &Option<Bound>| match b {
            Some(Bound::Number(n)) => Some(*n),
            _ => None,
        };
        let (low, high) = (bound(&f.range.0), bound(&f.range.1));
        let day = |b: &Option<Bound>| match b {
            Some(Bound::Day((y, m, d), _)) => ExcelDateTime::from_ymd(*y, (*m).max(1), (*d).max(1)).ok(),
            _ => None,
        };
        Ok(match want {
            Want::Whole | Want::Year => {
                let (low, high) = if want == Want::Year { (low.or(Some(1000.0)), high.or(Some(9999.0))) } else { (low, high) };
                let formula = |n: Option<f64>, other: &str| Formula::new(n.map_or(other.to_string(), |n| n.to_string()));
                // Sixteen digits are more than Excel keeps.
                Some(rule.allow_whole_number_formula(DataValidationRule::Between(formula(low, "-999999999999999"), formula(high, "999999999999999"))))
            }
            Want::Number => Some(match (low, high) {
                (Some(a), Some(b)) => rule.allow_decimal_number(DataValidationRule::Between(a, b)),
                (Some(a), None) => rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(a)),
                (None, Some(b)) => rule.allow_decimal_number(DataValidationRule::LessThanOrEqualTo(b)),
                (None, None) => rule.allow_custom(Formula::new(format!("=ISNUMBER({}2)", rust_xlsxwriter::utility::column_number_to_name(c)))),
            }),
            Want::Day | Want::Moment => {
                let first = ExcelDateTime::from_ymd(1900, 1, 1)?;
                // A year as the last bound means its last day.
                let last = match &f.range.1 {
                    Some(Bound::Day((y, 0, _), _)) => ExcelDateTime::from_ymd(*y, 12, 31).ok(),
                    Some(Bound::Day((y, m, 0), _)) => last_of(*y, *m),
                    _ => day(&f.range.1),
                };
                let last = last.map_or_else(|| ExcelDateTime::from_ymd(9999, 12, 31), Ok)?;
                // The whole of the last day counts.
                let last = if want == Want::Moment { last.and_hms(23, 59, 59)? } else { last };
                Some(rule.allow_date(DataValidationRule::Between(day(&f.range.0).unwrap_or(first), last)))
            }
            Want::Clock => Some(rule.allow_time(DataValidationRule::Between(ExcelDateTime::from_hms(0, 0, 0)?, ExcelDateTime::from_hms(23, 59, 59)?))),
            Want::Text => match (f.length, f.unique) {
                ((Some(a), Some(b)), _) => Some(rule.allow_text_length(DataValidationRule::Between(a as u32, b as u32))),
                ((Some(a), None), _) => Some(rule.allow_text_length(DataValidationRule::GreaterThanOrEqualTo(a as u32))),
                ((None, Some(b)), _) => Some(rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(b as u32))),
                // COUNTIF would take 007 for 7.
                ((None, None), true) => {
                    let col = rust_xlsxwriter::utility::column_number_to_name(c);
                    Some(rule.allow_custom(Formula::new(format!("=SUMPRODUCT(--EXACT(${col}$2:${col}${},{col}2))=1", ROWS + 1))))
                }
                // It is told of, and never refuses.
                _ => Some(rule.allow_any_value()),
            },
            Want::Yes => None,
        })
    }

    fn yes_no(&self, f: &FieldInfo) -> Vec<String> {
        let words = |k: &str| f.told.get(k).and_then(|v| v.as_array()).into_iter().flatten().filter_map(|v| v.as_str().map(str::to_string)).next();
        vec![words("trueValues").unwrap_or_else(|| "true".into()), words("falseValues").unwrap_or_else(|| "false".into())]
    }

    /// What the values must be, in words.
    fn rules(&self, f: &FieldInfo) -> String {
        let mut out = Vec::new();
        if f.required {
            out.push(self.say("form.required"));
        }
        if f.unique {
            out.push(self.say("form.unique"));
        }
        match &f.range {
            (Some(a), Some(b)) => out.push(self.get("form.between", &[("a", a.to_string()), ("b", b.to_string())])),
            (Some(a), None) => out.push(self.get("form.least", &[("a", a.to_string())])),
            (None, Some(b)) => out.push(self.get("form.most", &[("b", b.to_string())])),
            (None, None) => {}
        }
        match f.length {
            (Some(a), Some(b)) if a == b => out.push(self.get("form.length", &[("n", a.to_string())])),
            (Some(a), Some(b)) => out.push(self.get("form.lengths", &[("a", a.to_string()), ("b", b.to_string())])),
            (Some(a), None) => out.push(self.get("form.longer", &[("n", a.to_string())])),
            (None, Some(b)) => out.push(self.get("form.shorter", &[("n", b.to_string())])),
            (None, None) => {}
        }
        if let Some(p) = f.told.get("constraints").and_then(|c| c.get("pattern")).and_then(|p| p.as_str()) {
            out.push(self.get("form.pattern", &[("pattern", p.to_string())]));
        }
        out.join(&self.say("semicolon"))
    }

    /// What is told of a column: labels and values.
    fn facts(&self, f: &FieldInfo) -> Vec<(String, String)> {
        let example = match f.told.get("example") {
            Some(serde_json::Value::String(t)) => t.clone(),
            Some(serde_json::Value::Null) | None => String::new(),
            Some(v) => v.to_string(),
        };
        let kind = match want(f) {
            Want::Whole => "integer",
            Want::Year => "year",
            Want::Number => "number",
            Want::Day => "date",
            Want::Moment => "datetime",
            Want::Clock => "time",
            Want::Yes => "boolean",
            Want::Text => "string",
        };
        vec![
            (self.say("field.title"), f.title.get(self.lang).to_string()),
            (self.say("field.type"), self.say(&format!("form.kind.{kind}"))),
            (self.say("field.unit"), f.unit.clone().unwrap_or_default()),
            (self.say("field.description"), f.description.get(self.lang).to_string()),
            (self.say("form.values"), f.allowed.join(self.ctx.separator(self.lang))),
            (self.say("form.rules"), self.rules(f)),
            (self.say("form.example"), example),
        ]
    }

    /// The sheet that explains.
    fn about(&self, name: &str, resources: &[&Resource]) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let (bold, wrap) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
        let page = self.ctx.routes.item(self.lang, self.index(), self.item).map_or(String::new(), |e| self.ctx.absolute(&e.url));
        sheet.write_string_with_format(0, 0, cut(&self.item.best(self.lang).title, 32_000), &bold)?;
        let lines = [
            self.ctx.department_names(self.lang, &self.item.issuers),
            page,
            self.say("form.how"),
            self.get("form.check", &[("id", self.item.name().to_string())]),
        ];
        let mut row = 1;
        for line in lines.iter().filter(|l| !l.is_empty()) {
            sheet.write_string(row, 0, cut(line, 32_000))?;
            row += 1;
        }
        for r in resources {
            row += 1;
            sheet.write_string_with_format(row, 0, cut(r.title.get(self.lang), 32_000), &bold)?;
            row += 1;
            sheet.write_string_with_format(row, 0, self.say("field.name"), &bold)?;
            for (c, f) in r.fields.iter().take(COLUMNS).enumerate() {
                let facts = self.facts(f);
                if c == 0 {
                    for (k, (label, _)) in facts.iter().enumerate() {
                        sheet.write_string_with_format(row, k as u16 + 1, label, &bold)?;
                    }
                }
                row += 1;
                sheet.write_string_with_format(row, 0, cut(&f.name, 32_000), &wrap)?;
                for (k, (_, value)) in facts.iter().enumerate().filter(|(_, (_, v))| !v.is_empty()) {
                    sheet.write_string_with_format(row, k as u16 + 1, cut(value, 32_000), &wrap)?;
                }
            }
            row += 1;
        }
        for (c, width) in [24.0, 20.0, 12.0, 10.0, 48.0, 30.0, 36.0, 18.0].into_iter().enumerate() {
            sheet.set_column_width(c as u16, width)?;
        }
        Ok(sheet)
    }

    fn index(&self) -> u32 {
        self.ctx.derived.by_id.get(&self.item.id).copied().unwrap_or_default()
    }
}

/// The last day of a month.
fn last_of(year: u16, month: u8) -> Option<ExcelDateTime> {
    let day = jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?.days_in_month();
    ExcelDateTime::from_ymd(year, month, u8::try_from(day).ok()?).ok()
}

/// Values of drop-downs, on a sheet of their own: in the rule itself 255 characters have room, and no comma.
struct Lists {
    name: String,
    columns: Vec<(String, Vec<String>, bool)>,
}

impl Lists {
    /// Adds a list; gives the formula of its range.
    fn add(&mut self, name: &str, values: Vec<String>, numbers: bool) -> String {
        let col = rust_xlsxwriter::utility::column_number_to_name(self.columns.len() as u16);
        let range = format!("='{}'!${col}$2:${col}${}", self.name.replace('\'', "''"), values.len() + 1);
        self.columns.push((name.to_string(), values, numbers));
        range
    }

    fn sheet(&self) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(&self.name)?.set_hidden(true);
        for (c, (name, values, numbers)) in self.columns.iter().enumerate() {
            sheet.write_string(0, c as u16, cut(name, 32_000))?;
            for (r, v) in values.iter().enumerate() {
                // A number that comes back as it was written is one; anything else keeps its letters.
                match number(v).filter(|n| *numbers && n.to_string() == *v) {
                    Some(n) => sheet.write_number(r as u32 + 1, c as u16, n)?,
                    None => sheet.write_string(r as u32 + 1, c as u16, cut(v, 32_000))?,
                };
            }
        }
        Ok(sheet)
    }
}

/// A name that Excel takes for a sheet and no other has.
fn sheet_name(title: &str, name: &str, taken: &mut Vec<String>) -> String {
    let bare: String = title.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !c.is_control()).collect();
    let bare = bare.trim().trim_matches('\'').trim();
    let base = if bare.is_empty() { name } else { bare };
    let of = |n: usize| if n == 1 { cut(base, 31) } else { format!("{}-{n}", cut(base, 27)) };
    let free = (1..).map(of).find(|n| !taken.iter().any(|t| t.to_lowercase() == n.to_lowercase())).unwrap_or_default();
    taken.push(free.clone());
    free
}

/// The beginning of a text: Excel counts units of UTF-16.
fn cut(text: &str, most: usize) -> String {
    let mut n = 0;
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .take_while(|c| {
            n += c.len_utf16();
            n <= most
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_such() {
        let mut taken = vec!["说明".to_string()];
        assert_eq!(sheet_name("年度数据", "gdp", &mut taken), "年度数据");
        assert_eq!(sheet_name("年度数据", "gdp2", &mut taken), "年度数据-2");
        assert_eq!(sheet_name("说明", "x", &mut taken), "说明-2");
        assert_eq!(sheet_name("[/]:*?", "raw", &mut taken), "raw");
        assert_eq!(sheet_name(&"长".repeat(40), "x", &mut taken).chars().count(), 31);
    }
}
