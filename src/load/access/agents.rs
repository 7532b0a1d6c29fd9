//! Programs that are no readers, by what they call themselves.

use aho_corasick::AhoCorasick;

/// What robots, monitors and download programs have in their names: the general words first, then well-known names without one of
/// them. A list of our own, not a copy of any: a robot that calls itself a browser counts as a reader.
#[rustfmt::skip]
static WORDS: &[&str] = &[
    "bot", "crawl", "spider", "slurp", "scrap", "harvest", "archiver", "fetcher", "indexer", "feedfetcher", "feed reader", "feedparser",
    "monitor", "uptime", "pingdom", "statuscake", "checker", "validator", "lighthouse", "pagespeed", "headless", "phantomjs", "puppeteer", "playwright", "selenium",
    "curl/", "wget", "httpie", "python", "java/", "okhttp", "apache-httpclient", "go-http-client", "libwww", "lwp::", "perl", "ruby", "node-fetch", "axios", "undici", "guzzle", "php/", "reqwest", "aria2", "postman", "insomnia", "restsharp", "winhttp", "http_request", "http-client", "httpclient", "scanner", "nikto", "nmap", "masscan", "zgrab", "sqlmap", "nuclei", "acunetix", "nessus", "netsparker", "censys", "shodan", "dirbuster", "gobuster",
    "baiduspider", "sogou web", "360spider", "haosouspider", "yisouspider", "bytespider", "toutiaospider", "sosospider", "bingpreview", "adsbot", "mediapartners", "facebookexternalhit", "facebookcatalog", "ia_archiver", "heritrix", "nutch", "yahoo! slurp", "duckduckgo-favicons", "whatsapp/", "slack-imgproxy", "skypeuripreview", "embedly", "quora link preview", "outbrain", "netnewswire", "feedly", "inoreader", "newsblur", "tiny tiny rss", "freshrss", "gpt", "openai", "anthropic", "claude", "perplexity", "cohere-ai", "ccbot", "diffbot", "dataprovider", "ahrefs", "semrush", "mj12", "dotbot", "megaindex", "screaming frog", "siteimprove", "sitecheck", "w3c_", "clerestory",
];

/// Tells programs from readers.
#[derive(Debug)]
pub struct Agents {
    words: Option<AhoCorasick>,
}

impl Agents {
    /// Makes the list ready.
    pub fn new() -> Agents {
        Agents { words: AhoCorasick::builder().ascii_case_insensitive(true).build(WORDS).ok() }
    }

    /// A robot, a monitor, a program that downloads; also what does not say what it is.
    pub fn robot(&self, agent: &str) -> bool {
        let agent = agent.trim();
        // Phones that are called so are no robots.
        let cubot = agent.contains("CUBOT");
        agent.is_empty() || agent == "-" || (!cubot && self.words.as_ref().is_some_and(|w| w.is_match(agent)))
    }
}

impl Default for Agents {
    fn default() -> Agents {
        Agents::new()
    }
}

#[cfg(test)]
mod tests {
    use super::Agents;

    #[test]
    fn readers_and_robots() {
        let a = Agents::new();
        for reader in [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.40",
            "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/96 Mobile Safari/537.36",
            "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 Chrome/86.0 Safari/537.36 360SE",
            "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1) Presto/2.8",
            "Mozilla/5.0 (Linux; U; Android 9; zh-CN) AppleWebKit/537.36 UCBrowser/13.4 Mobile Safari/537.36",
        ] {
            assert!(!a.robot(reader), "{reader}");
        }
        for robot in [
            "",
            "-",
            "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
            "Sogou web spider/4.0",
            "curl/8.5.0",
            "Wget/1.21",
            "python-requests/2.31",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120 Safari/537.36",
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0)",
            "Mozilla/5.0 (compatible; UptimeRobot/2.0)",
        ] {
            assert!(a.robot(robot), "{robot}");
        }
    }
}
