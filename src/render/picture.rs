//! Share images: a title in Chinese type on the theme's colour, 1200 × 630, drawn at build time.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};

/// Width and height that the networks ask for.
pub const SIZE: (usize, usize) = (1200, 630);

const GROUND: [u8; 3] = [0x16, 0x40, 0x5b];
const INK: [u8; 3] = [0xff, 0xff, 0xff];
const MARGIN: f32 = 80.0;
const TITLE: f32 = 76.0;
/// A title of a line or two.
const SHORT: f32 = 100.0;
const SMALL: f32 = 40.0;
/// Where the last line stands, and the one above it.
const LAST: f32 = 560.0;

/// Draws the image as PNG: the title as large as a chat that shows it small lets one read, what it is about, and at the foot who
/// issued it and when. `None` where the font cannot be read or the picture not written.
pub fn draw(font: &[u8], site: &str, title: &str, lead: &str, by: &str) -> Option<Vec<u8>> {
    let font = FontRef::try_from_slice(font).ok()?;
    let mut canvas = vec![0u8; SIZE.0 * SIZE.1];
    mark(&mut canvas, 80, 72);
    line(&mut canvas, &font, SMALL, MARGIN + 96.0, 122.0, site);
    let wide = SIZE.0 as f32 - 2.0 * MARGIN;
    let mut y = 255.0;
    let short = wrap(&font, SHORT, wide, title, 3);
    let (size, parts) = if short.len() < 3 { (SHORT, short) } else { (TITLE, wrap(&font, TITLE, wide, title, 3)) };
    for part in parts {
        line(&mut canvas, &font, size, MARGIN, y, &part);
        y += size * 1.3;
    }
    y = y.max(400.0);
    // Whole lines between the title and what stands at the foot.
    let end = if by.is_empty() { LAST } else { LAST - SMALL * 1.5 };
    let room = ((end - y) / (SMALL * 1.45)).floor() + 1.0;
    // What only says the title again is left out.
    if room >= 1.0 && !title.contains(lead.trim()) {
        for part in wrap(&font, SMALL, wide, lead, room as usize) {
            line(&mut canvas, &font, SMALL, MARGIN, y, &part);
            y += SMALL * 1.45;
        }
    }
    if let Some(first) = wrap(&font, SMALL, wide, by, 1).first() {
        line(&mut canvas, &font, SMALL, MARGIN, LAST + 8.0, first);
    }
    encode(&canvas)
}

/// The three windows of the theme's mark.
fn mark(canvas: &mut [u8], x: usize, y: usize) {
    for window in 0..3 {
        let left = x + window * 24;
        for row in 0..48usize {
            for col in 0..16usize {
                // A round top: the half circle of the window's width.
                let (dx, dy) = (col as f32 - 7.5, 8.0 - row as f32);
                if row >= 8 || dx * dx + dy * dy <= 64.0 {
                    canvas[(y + row) * SIZE.0 + left + col] = 255;
                }
            }
        }
    }
    for row in 0..6usize {
        canvas[(y + 54 + row) * SIZE.0 + x - 4..][..72].fill(255);
    }
}

/// Most characters of a text that are looked at.
const SHOWN: usize = 500;

/// Breaks a text into lines: between Han characters anywhere, between words at spaces. What does not fit ends in `…`.
fn wrap(font: &FontRef<'_>, size: f32, wide: f32, text: &str, most: usize) -> Vec<String> {
    let f = font.as_scaled(PxScale::from(size));
    let width = |t: &str| t.chars().map(|c| f.h_advance(f.glyph_id(c))).sum::<f32>();
    let mut lines: Vec<String> = Vec::new();
    let mut now = String::new();
    // No picture shows more of it.
    let text = &text[..text.char_indices().nth(SHOWN).map_or(text.len(), |(i, _)| i)];
    for piece in pieces(text) {
        if !now.is_empty() && width(&now) + width(piece.trim_end()) > wide {
            lines.push(std::mem::take(&mut now).trim().to_string());
        }
        now.push_str(piece);
    }
    lines.push(now.trim().to_string());
    lines.retain(|l| !l.is_empty());
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while width(last) + width("…") > wide {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

/// Words with their spaces; Han characters and full-width marks one by one, closing marks with what they close.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (i, c) in text.char_indices() {
        let closing = "，。；：、！？）》”’〕…".contains(c);
        let opening = before.is_some_and(|b| "（《“‘〔".contains(b));
        let apart = before.is_some_and(|b| b.is_whitespace() || !b.is_ascii() || !c.is_ascii());
        if i > start && apart && !closing && !opening {
            out.push(&text[start..i]);
            start = i;
        }
        before = Some(c);
    }
    out.push(&text[start..]);
    out
}

fn line(canvas: &mut [u8], font: &FontRef<'_>, size: f32, x: f32, y: f32, text: &str) {
    let f = font.as_scaled(PxScale::from(size));
    let mut at = x;
    for c in text.chars().filter(|c| !c.is_control()) {
        // Beyond the edge nothing is seen.
        if at > SIZE.0 as f32 {
            break;
        }
        let id = f.glyph_id(c);
        // A character that the font lacks leaves a space rather than a box.
        let outline = if id.0 == 0 { None } else { f.outline_glyph(id.with_scale_and_position(size, point(at, y))) };
        if let Some(outline) = outline {
            let bounds = outline.px_bounds();
            outline.draw(|gx, gy, cover| {
                let (px, py) = (bounds.min.x as i32 + gx as i32, bounds.min.y as i32 + gy as i32);
                if (0..SIZE.0 as i32).contains(&px) && (0..SIZE.1 as i32).contains(&py) {
                    let cell = &mut canvas[py as usize * SIZE.0 + px as usize];
                    *cell = (*cell).max((cover.clamp(0.0, 1.0) * 255.0) as u8);
                }
            });
        }
        at += f.h_advance(id);
    }
}

/// Sixteen shades between ground and ink are enough for type, and make a small file.
fn encode(canvas: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut e = png::Encoder::new(&mut out, SIZE.0 as u32, SIZE.1 as u32);
    e.set_color(png::ColorType::Indexed);
    e.set_depth(png::BitDepth::Four);
    e.set_compression(png::Compression::Fast);
    let palette: Vec<u8> = (0..16u32).flat_map(|s| (0..3).map(move |i| ((u32::from(GROUND[i]) * (15 - s) + u32::from(INK[i]) * s) / 15) as u8)).collect();
    e.set_palette(palette);
    let packed: Vec<u8> = canvas.chunks(2).map(|p| (p[0] >> 4) << 4 | p.get(1).map_or(0, |v| v >> 4)).collect();
    let mut w = e.write_header().ok()?;
    w.write_image_data(&packed).ok()?;
    drop(w);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_readers_expect() {
        assert_eq!(pieces("政务公开（试行）"), ["政", "务", "公", "开", "（试", "行）"]);
        assert_eq!(pieces("open data 2024年"), ["open ", "data ", "2024", "年"]);
    }
}
