// Selecting: one place at a time; its panel opens and everything that belongs to it lights up.

let chosen = '';
let litTie = null;
const LIT = ['part-of-it', 'whole-of-it', 'selected', 'lit'];
const MARK_WORDS = Object.fromEntries(
  [...document.querySelectorAll('.legend button')].map((button) => [button.dataset.only, button.firstChild.nextSibling.textContent.trim()]),
);

const placeIn = (element) => element.getAttribute('href').slice(1);
let inTables = null;

/** Every element on the page that shows the figure or the number at `place`. */
function elementsAt(place) {
  if (!inTables) {
    inTables = new Map();
    for (const link of document.querySelectorAll('#view-tables .fig')) inTables.set(placeIn(link), link);
  }
  return [document.getElementById(place), inTables.get(place)].filter(Boolean);
}

const lit = [];

function light(place, name) {
  for (const element of elementsAt(place)) {
    element.classList.add(name);
    lit.push(element);
  }
}

function unlight() {
  for (const element of lit.splice(0)) element.classList.remove(...LIT);
}

/** Light a tie: its operands and its target; the chosen figure stays marked as chosen. */
function lightTie(tie) {
  for (const operand of tie.operands) light(figures[operand.figure].place, 'part-of-it');
  light(figures[tie.target].place, 'whole-of-it');
}

function lightLines(first, last) {
  for (let number = first; number <= Math.min(last, first + 12); number += 1) lightLine(number);
}

const lineAt = (number) => document.querySelector(`.l[data-n="${number}"]`);

function lightLine(number) {
  const line = lineAt(number);
  if (!line) return;
  line.classList.add('lit');
  lit.push(line);
}

function lightAll() {
  unlight();
  const figure = byPlace.get(chosen);
  const claim = claimByPlace.get(chosen);
  if (litTie) lightTie(litTie);
  else if (figure) (figure.targetOf.length ? figure.targetOf : figure.operandOf.slice(0, 1)).forEach(lightTie);
  if (claim) {
    lightLines(claim.first, claim.last);
    for (const number of claim.figures) light(figures[number].place, 'part-of-it');
  }
  if (figure && !litTie) {
    for (const said of figure.claims) { light(said.place, 'part-of-it'); lightLines(said.first, said.last); }
  }
  light(chosen, 'selected');
}

/** Choose a place: fill the panel, light what belongs to it, and bring it into view. */
function choose(place, { scroll = true, focus = false } = {}) {
  chosen = place;
  litTie = null;
  const figure = byPlace.get(place);
  const claim = claimByPlace.get(place);
  if (figure) showFigure(figure);
  else if (claim) showClaim(claim);
  else if (findingsByPlace.has(place)) showSpot(place);
  else return;
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add('has-panel');
  lightAll();
  markFinding(place);
  rove();
  const element = inView(place);
  if (element && scroll) reveal(element);
  if (element && focus) element.focus({ preventScroll: true });
}

/** The element of `place` in the view that is open. */
function inView(place) {
  const name = view() === 'findings' ? 'report' : view();
  const section = document.getElementById(`view-${name}`);
  return elementsAt(place).find((element) => section.contains(element));
}

function reveal(element) {
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
}

function close() {
  const back = inView(chosen);
  panel.hidden = true;
  document.body.classList.remove('has-panel');
  unlight();
  markFinding('');
  chosen = '';
  litTie = null;
  if (back) back.focus({ preventScroll: true });
}

function markFinding(place) {
  for (const item of document.querySelectorAll('.findings [aria-current]')) item.removeAttribute('aria-current');
  const mine = (findingsByPlace.get(place) || []).map((finding) => finding.number);
  const items = [...document.querySelectorAll('.findings a')].filter((item) => mine.includes(Number(item.dataset.finding)));
  const item = items.find((each) => each.dataset.finding === String(current)) || items[0];
  if (!item) return;
  item.setAttribute('aria-current', 'true');
  current = Number(item.dataset.finding);
  const side = document.getElementById('side');
  if (side.scrollHeight > side.clientHeight) item.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}

let current = -1;

/** The next (1) or previous (-1) finding among those that the filters leave. */
function step(direction) {
  const items = [...document.querySelectorAll('.findings li:not([hidden]) a')];
  if (!items.length) return;
  const at = items.findIndex((item) => Number(item.dataset.finding) === current);
  const next = at < 0 ? (direction > 0 ? 0 : items.length - 1) : (at + direction + items.length) % items.length;
  openFinding(items[next]);
}

function openFinding(item) {
  current = Number(item.dataset.finding);
  if (view() !== 'report') setView('report');
  go(findings[current].place, { focus: true });
}

/** Choose a place and keep it in the address, so that it can be passed on. */
function go(place, options) {
  history.replaceState(null, '', `#${place}`);
  choose(place, options);
}

const LINKS = '.fig, .claim, .spot';

/** From one figure to its neighbour: along the document, or along its column. */
function move(key, from) {
  const all = [...from.closest('main > section').querySelectorAll(LINKS)];
  const along = { ArrowRight: 1, ArrowLeft: -1 }[key];
  const next = along ? all[all.indexOf(from) + along] : aboveOrBelow(placeIn(from), key === 'ArrowDown', all);
  if (!next) return false;
  go(placeIn(next), { focus: true });
  return true;
}

/** The nearest figure on a line above or below that stands over or under this one; of a sentence, the next number. */
function aboveOrBelow(place, down, all) {
  const figure = byPlace.get(place);
  if (!figure) return all[all.findIndex((element) => placeIn(element) === place) + (down ? 1 : -1)];
  const near = figures.filter((other) => (down ? other.line > figure.line : other.line < figure.line)
    && other.start < figure.end && other.end > figure.start);
  const far = (other) => Math.abs(other.line - figure.line);
  const best = near.reduce((found, other) => (!found || far(other) < far(found) ? other : found), undefined);
  return best && inView(best.place);
}

const stops = new Map();

/** One figure a view can be reached with the Tab key: the chosen one, else the first; the arrows lead on from it. */
function rove() {
  for (const section of document.querySelectorAll('#view-report, #view-tables')) {
    let stop = stops.get(section);
    if (!stop) {
      const links = section.querySelectorAll(LINKS);
      for (const link of links) link.tabIndex = -1;
      [stop] = links;
    }
    if (!stop) continue;
    const next = elementsAt(chosen).find((element) => section.contains(element)) || stop;
    stop.tabIndex = -1;
    next.tabIndex = 0;
    stops.set(section, next);
  }
}
