// Wiring: one listener a kind of event, on the document.

const PLACE = /^#(L\d+C\d+)$/;
const LINE = /^#L(\d+)$/;

document.addEventListener('click', (event) => {
  const target = event.target.closest('a, button');
  if (!target) return;
  if (target.matches('a[data-finding]')) { event.preventDefault(); openFinding(target); return; }
  const place = target.matches('a') && PLACE.exec(target.getAttribute('href'));
  if (place) { event.preventDefault(); follow(target, place[1]); return; }
  if (target.matches('.views button')) setView(target.dataset.view);
  else if (target.matches('.legend button')) only(target);
  else if (target.matches('.choices button')) setGrade(target);
  else if (target.matches('.copy')) copyTable(target);
  else if (target.matches('.close')) close();
  else if (target.id === 'theme') theme();
  else if (target.id === 'help') document.getElementById('keys').showModal();
});

/** A link to a place: within a view it selects; from the panel or a chart it leads to the place. */
function follow(target, place) {
  const inPlace = Boolean(target.closest('.paper, .fig'));
  if (target.closest('.chart, .pairs')) setView('report');
  if (!inPlace && !document.querySelector(`#view-${view()} [href="#${place}"]`)) setView('report');
  if (inPlace && place === chosen) { panel.focus(); return; }
  go(place, { scroll: !inPlace, focus: !inPlace });
  if (inPlace && matchMedia('(max-width: 64rem)').matches) reveal(target);
}

about.addEventListener('pointerover', (event) => {
  const card = event.target.closest('.tie[data-tie]');
  const tie = card ? ties[Number(card.dataset.tie)] : null;
  if (tie !== litTie) { litTie = tie; lightAll(); }
});
about.addEventListener('pointerleave', () => { if (litTie) { litTie = null; lightAll(); } });
about.addEventListener('focusin', (event) => {
  const card = event.target.closest('.tie[data-tie]');
  litTie = card ? ties[Number(card.dataset.tie)] : null;
  lightAll();
});

const KEYS = {
  n: () => step(1),
  p: () => step(-1),
  '/': () => { find.focus(); find.select(); },
  '?': () => document.getElementById('keys').showModal(),
  1: () => setView('findings'),
  2: () => setView('report'),
  3: () => setView('tables'),
  4: () => setView('charts'),
  5: () => setView('compare'),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches('input, select, textarea');
  if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
    if (typing) { find.value = ''; search(); find.blur(); } else if (!panel.hidden) close();
    else document.querySelector('.legend [aria-pressed="true"]')?.click();
    return;
  }
  if (typing || document.querySelector('dialog[open]')) return;
  if (event.key.startsWith('Arrow') && event.target.matches('.fig, .claim, .spot') && move(event.key, event.target)) event.preventDefault();
  const action = KEYS[event.key];
  if (action) { event.preventDefault(); action(); }
});

document.querySelector('.search').addEventListener('submit', (event) => { event.preventDefault(); });
find.addEventListener('input', search);
find.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') { event.preventDefault(); stepHit(event.shiftKey ? -1 : 1); }
});
document.getElementById('code')?.addEventListener('change', filterFindings);

/** Open what the address names: a figure, or a line. */
function openAddress() {
  const place = PLACE.exec(location.hash);
  const line = LINE.exec(location.hash);
  if (place) choose(place[1]);
  else if (line && lineAt(line[1])) { unlight(); lightLine(line[1]); reveal(lineAt(line[1])); }
}
/** A thin strip at the window's edge with a tick where each finding stands. */
function ribbon() {
  const lines = Number(document.querySelector('.paper').lastElementChild.lastElementChild.dataset.n);
  const strip = make('div', { class: 'ribbon', 'aria-hidden': 'true' });
  for (const finding of findings) {
    const mark = make('a', { href: `#${finding.place}`, tabindex: '-1', class: finding.grade === 'break' ? 'm-break' : 'm-query' });
    mark.style.top = `${(100 * finding.line) / lines}%`;
    strip.append(mark);
  }
  document.getElementById('view-report').append(strip);
}

if (findings.length) ribbon();
rove();
addEventListener('hashchange', openAddress);
openAddress();
