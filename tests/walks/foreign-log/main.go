// A verifier that is not ours: Go's own sumdb/note and sumdb/tlog read a signed site from a folder.
//
//	main SITE VKEY [EARLIER-CHECKPOINT]
//
// It checks the signature of the checkpoint, the tree over all entries, the record of each entry through the tiles, the manifest that the last
// entry names, and each file against it; with an earlier checkpoint, that the log goes on from it.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var bad int

func wrong(format string, args ...interface{}) {
	bad++
	fmt.Printf(format+"\n", args...)
}

func die(err error) {
	if err != nil {
		fmt.Println("UNVERIFIED", err)
		os.Exit(1)
	}
}

// Tiles as they lie in the folder: C2SP writes tile/<L>/<N>, Go's path has the height before it.
type tiles struct{ dir string }

func (t tiles) Height() int { return 8 }

func (t tiles) path(tile tlog.Tile) string {
	p := strings.TrimPrefix(tile.Path(), "tile/8/")
	return filepath.Join(t.dir, "log", "tile", p)
}

func (t tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range want {
		b, err := os.ReadFile(t.path(tile))
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

type tree struct {
	n    int64
	hash tlog.Hash
}

// The three lines of a checkpoint are those that tlog.ParseTree reads, but for the first, which names the log.
func open(path string, verifier note.Verifier) tree {
	b, err := os.ReadFile(path)
	die(err)
	n, err := note.Open(b, note.VerifierList(verifier))
	die(err)
	lines := strings.SplitN(n.Text, "\n", 2)
	if lines[0] != verifier.Name() {
		die(fmt.Errorf("the log of %q", lines[0]))
	}
	t, err := tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
	die(err)
	return tree{t.N, t.Hash}
}

func main() {
	dir := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	die(err)
	now := open(filepath.Join(dir, "log", "checkpoint"), verifier)
	store := tlog.TileHashReader(tlog.Tree{N: now.n, Hash: now.hash}, tiles{dir})
	if len(os.Args) > 3 {
		old := open(os.Args[3], verifier)
		if old.n > now.n {
			die(fmt.Errorf("history was cut off: %d entries, now %d", old.n, now.n))
		}
		proof, err := tlog.ProveTree(now.n, old.n, store)
		die(err)
		if err := tlog.CheckTree(proof, now.n, now.hash, old.n, old.hash); err != nil {
			die(fmt.Errorf("history was rewritten: %v", err))
		}
	}
	var last string
	for i := int64(0); i < now.n; {
		width := now.n - i
		if width > 256 {
			width = 256
		}
		t := tlog.Tile{H: 8, L: -1, N: i / 256, W: int(width)}
		p := strings.TrimPrefix(t.Path(), "tile/8/data/")
		b, err := os.ReadFile(filepath.Join(dir, "log", "tile", "entries", p))
		die(err)
		for end := i + width; i < end; i++ {
			if len(b) < 2 || len(b) < 2+int(binary.BigEndian.Uint16(b)) {
				die(fmt.Errorf("entry %d is cut off", i))
			}
			entry := b[2 : 2+int(binary.BigEndian.Uint16(b))]
			b = b[2+len(entry):]
			proof, err := tlog.ProveRecord(now.n, i, store)
			die(err)
			if err := tlog.CheckRecord(proof, now.n, now.hash, i, tlog.RecordHash(entry)); err != nil {
				wrong("ENTRY %d %v", i, err)
			}
			last = string(entry)
		}
		if len(b) > 0 {
			wrong("ENTRIES %s has more", p)
		}
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	die(err)
	sum := sha256.Sum256(manifest)
	if words := strings.Fields(last); len(words) != 3 || words[0] != "site" || words[2] != hex.EncodeToString(sum[:]) {
		die(fmt.Errorf("the log does not name this manifest.json"))
	}
	signed, err := os.ReadFile(filepath.Join(dir, "manifest.json.note"))
	die(err)
	if _, err := note.Open(signed, note.VerifierList(verifier)); err != nil {
		wrong("NOTE %v", err)
	}
	var m struct {
		Files []struct {
			Path   string
			Size   int64
			Sha256 string
		}
	}
	die(json.NewDecoder(bytes.NewReader(manifest)).Decode(&m))
	known := map[string]bool{"manifest.json": true, "manifest.json.note": true, "manifest.sha256": true}
	for _, f := range m.Files {
		known[f.Path] = true
		b, err := os.ReadFile(filepath.Join(dir, f.Path))
		if err != nil {
			wrong("MISSING %s", f.Path)
			continue
		}
		if s := sha256.Sum256(b); int64(len(b)) != f.Size || hex.EncodeToString(s[:]) != f.Sha256 {
			wrong("TAMPERED %s", f.Path)
		}
	}
	var extra []string
	filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if rel, _ := filepath.Rel(dir, p); err == nil && !info.IsDir() && !known[rel] && !strings.HasPrefix(rel, "log/") {
			extra = append(extra, rel)
		}
		return nil
	})
	sort.Strings(extra)
	for _, e := range extra {
		wrong("EXTRA %s", e)
	}
	if bad > 0 {
		os.Exit(1)
	}
	fmt.Printf("VERIFIED %d files, %d entries\n", len(m.Files), now.n)
}
