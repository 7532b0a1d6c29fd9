"""Reads calendars (RFC 5545) strictly, apart from the program: `ics.py FILE…`; prints `UID DTSTART SUMMARY` of each event."""

import re
import sys

for name in sys.argv[1:]:
    raw = open(name, "rb").read()
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b""), f"{name}: line ends"
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, f"{name}: {len(line)} octets"
        line.decode("utf-8")
    lines = raw.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"] and lines[-1] == "END:VCALENDAR", name
    stack, events, uids = [], [], set()
    for line in lines:
        match = re.fullmatch(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]+))*):(.*)', line)
        assert match, f"{name}: {line}"
        key, params, value = match.groups()
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value), f"{name}: control character"
        if key == "BEGIN":
            stack.append((value, {}))
        elif key == "END":
            kind, props = stack.pop()
            assert kind == value, f"{name}: {line}"
            if kind == "VEVENT":
                events.append(props)
        else:
            assert key not in stack[-1][1], f"{name}: {key} twice"
            stack[-1][1][key] = (params, value)
            if key in ("SUMMARY", "X-WR-CALNAME"):
                bare = re.sub(r"\\[\\;,nN]", "", value)
                assert not re.search(r"[\\;,]", bare), f"{name}: not escaped: {value}"
        if key == "END" and not stack:
            assert "PRODID" in props, name
    assert not stack and events, name
    for e in events:
        assert e["UID"][1] not in uids, f"{name}: {e['UID']} twice"
        uids.add(e["UID"][1])
        assert re.fullmatch(r"\d{8}T\d{6}Z", e["DTSTAMP"][1]), name
        assert e["DTSTART"][0] == ";VALUE=DATE" and re.fullmatch(r"\d{8}", e["DTSTART"][1]), name
        assert e["DTEND"][1] > e["DTSTART"][1], name
        print(e["UID"][1], e["DTSTART"][1], e["DTSTAMP"][1], re.sub(r"\\(.)", r"\1", e["SUMMARY"][1]), sep="\t")
