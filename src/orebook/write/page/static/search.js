// Search: plain text in the lines of the report, without regard to case.

const find = document.getElementById('find');
const found = document.getElementById('found');
let hits = [];
let hit = -1;

function search() {
  const wanted = find.value.trim().toLowerCase();
  clearHits();
  if (wanted.length > 1) {
    for (const line of document.querySelectorAll('.l')) {
      const content = line.textContent.toLowerCase();
      for (let at = content.indexOf(wanted); at >= 0 && hits.length < 2000; at = content.indexOf(wanted, at + wanted.length)) {
        hits.push({ line, at, length: wanted.length });
      }
    }
  }
  paintHits();
  found.textContent = wanted.length > 1 ? `${hits.length || 'none'}` : '';
}

function clearHits() {
  for (const { line } of hits) line.classList.remove('hit');
  hits = [];
  hit = -1;
}

/** The part of a line as a range, across the figures in it. */
function rangeOf({ line, at, length }) {
  const range = document.createRange();
  const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let begun = false;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const here = node.data.length;
    if (!begun && at < passed + here) { range.setStart(node, at - passed); begun = true; }
    if (begun && at + length <= passed + here) { range.setEnd(node, at + length - passed); return range; }
    passed += here;
  }
  return range;
}

function paintHits() {
  if (!window.Highlight || !CSS.highlights) {
    for (const each of hits) each.line.classList.add('hit');
    return;
  }
  CSS.highlights.set('found', new Highlight(...hits.map(rangeOf)));
  if (hits[hit]) CSS.highlights.set('found-here', new Highlight(rangeOf(hits[hit])));
  else CSS.highlights.delete('found-here');
}

function stepHit(direction) {
  if (!hits.length) return;
  hit = (hit + direction + hits.length) % hits.length;
  if (view() !== 'report') setView('report');
  paintHits();
  found.textContent = `${hit + 1} of ${hits.length}`;
  reveal(hits[hit].line);
}
