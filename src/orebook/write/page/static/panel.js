// The panel: what a figure is, and everything that ties it.

const panel = document.getElementById('panel');
const about = document.getElementById('about');
const FEW = 6;

/** An element with attributes and children; children that are text stay text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') element.addEventListener('click', value);
    else if (value !== undefined && value !== '') element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

const tick = (mark) => make('i', { class: `tick m-${mark}`, 'aria-hidden': 'true' });
const link = (place, words) => make('a', { href: `#${place}` }, words);
const VERDICTS = {
  ties: 'ties', 'ties-within-rounding': 'ties within rounding', breaks: 'breaks', untied: 'untied',
  unobservable: 'too small to see at the printed precision',
};
const MARK_OF_KIND = { sum: 'foot', difference: 'foot', identity: 'agree', rollforward: 'roll' };

function markOf(tie) {
  if (tie.verdict === 'breaks') return tie.grade === 'required' ? 'break' : 'query';
  return holds(tie.verdict) ? MARK_OF_KIND[tie.kind] || 'calc' : 'none';
}

const verdictOf = (tie) => (tie.verdict === 'breaks' && tie.grade !== 'required' ? 'differs' : VERDICTS[tie.verdict] || tie.verdict);

function describe(pairs) {
  const list = make('dl', { class: 'facts' });
  for (const [term, value] of pairs) {
    if (value) list.append(make('div', {}, make('dt', {}, term), make('dd', {}, value)));
  }
  return list;
}

function signOf(operand, tie, first) {
  if (tie.kind === 'identity') return '=';
  if (operand.role) return operand.role;
  if (!operand.weight) return '';
  const bare = operand.weight.replace(/^[+-]/, '');
  const sign = operand.weight.startsWith('-') ? '−' : first ? '' : '+';
  return bare === '1' ? sign : `${sign} ${bare} ×`;
}

/** What tells an operand from its target: another mine, or another table. */
function elsewhere(figure, target) {
  if (!target) return '';
  const [own, other] = [rows[figure.row], rows[target.row]];
  return [own.mine !== other.mine ? own.mine : '', own.path[0] !== other.path[0] ? own.path[0] : ''].filter(Boolean).join(', ');
}

function operandRow(figure, sign, here, target = null) {
  const name = link(figure.place, label(figure));
  name.title = rows[figure.row].path.join(' › ');
  const apart = elsewhere(figure, target);
  return make('tr', { class: figure === here ? 'here' : '' }, make('td', { class: 'sign' }, sign),
    make('th', { scope: 'row' }, name, apart ? make('small', {}, apart) : null), make('td', {}, figure.value));
}

/** A tie laid out as one would on paper: the operands, a rule, what they give, what is printed. */
function tieCard(tie, here) {
  const body = make('tbody');
  tie.operands.forEach((operand, position) => {
    body.append(operandRow(figures[operand.figure], signOf(operand, tie, position === 0), here, figures[tie.target]));
  });
  const line = (words, value, kind) => make('tr', { class: kind },
    make('td', { class: 'sign' }), make('th', { scope: 'row' }, words), make('td', {}, value));
  body.append(line('recomputed', tie.computed, 'sum'));
  const target = operandRow(figures[tie.target], '', here);
  target.lastChild.textContent = tie.printed;
  target.lastChild.previousSibling.prepend('printed: ');
  body.append(target);
  if (tie.difference !== '0') body.append(line('difference', tie.difference, holds(tie.verdict) ? '' : 'off'));
  if (tie.difference !== '0') body.append(line('allowed by rounding', tie.allowed, ''));
  return make('article', { class: 'tie', 'data-tie': String(tie.number) },
    make('header', {}, tick(markOf(tie)), make('b', {}, verdictOf(tie)),
      make('span', { class: 'code' }, `${tie.code} ${holds(tie.verdict) ? tie.kind : tie.name}`)),
    make('table', { 'aria-label': `${tie.name}: ${tie.kind}` }, body),
    tie.formula ? make('p', { class: 'formula' }, tie.formula) : null);
}

/** The cards of `list`; of a long list the first few, and a button for the rest. */
function tieCards(title, list, here) {
  if (!list.length) return [];
  const section = make('section', {}, make('h3', {}, `${title} (${list.length})`), ...list.slice(0, FEW).map((tie) => tieCard(tie, here)));
  if (list.length > FEW) {
    const button = make('button', { type: 'button', class: 'more', onclick: () => {
      button.replaceWith(...list.slice(FEW).map((tie) => tieCard(tie, here)));
    } }, `Show ${list.length - FEW} more`);
    section.append(button);
  }
  return [section];
}

function claimCard(claim) {
  const mark = holds(claim.verdict) ? 'said' : claim.verdict === 'breaks' ? 'break' : 'none';
  const quote = make('div', { class: `quote m-${mark}` });
  const at = claim.sentence.replace(/\s+/g, ' ').indexOf(claim.number);
  if (at < 0) quote.append(link(claim.place, claim.sentence));
  else {
    quote.append(make('a', { href: `#${claim.place}` }, claim.sentence.slice(0, at), make('mark', {}, claim.number),
      claim.sentence.slice(at + claim.number.length)));
  }
  quote.append(make('p', { class: 'formula' }, `line ${claim.line}: ${VERDICTS[claim.verdict] || claim.verdict}`));
  return quote;
}

function alarms(place) {
  return (findingsByPlace.get(place) || []).map((finding) => {
    const suspect = finding.suspect === place && finding.place !== place;
    return make('p', { class: finding.grade === 'break' ? 'alarm' : 'alarm query' },
      make('b', {}, `${finding.code} `), suspect ? 'Suspected: ' : '', finding.message,
      finding.suspect && !suspect && finding.suspect !== finding.place
        ? make('span', {}, ' Suspect: ', link(finding.suspect, finding.suspect), '.') : null);
  });
}

function jumps(place) {
  const copy = make('button', { type: 'button', onclick: () => {
    navigator.clipboard.writeText(new URL(`#${place}`, location.href).href).then(() => { copy.textContent = 'Link copied'; }, () => { copy.textContent = place; });
  } }, 'Copy link');
  const other = view() === 'report' || view() === 'findings' ? 'tables' : 'report';
  const show = byPlace.has(place) || other === 'report'
    ? make('button', { type: 'button', onclick: () => show_in(other, place) }, `Show in the ${other}`) : null;
  return make('div', { class: 'jump' }, show, copy);
}

function showFigure(figure) {
  const row = rows[figure.row];
  const marks = Object.keys(MARK_WORDS).filter((mark) => elementsAt(figure.place).some((element) => element.classList.contains(`k-${mark}`)));
  about.replaceChildren(
    make('p', { class: 'trail' }, ...row.path.slice(0, -1).map((step) => make('span', {}, step))),
    make('h2', {}, label(figure)),
    make('p', { class: 'big' }, figure.printed),
    make('p', { class: 'of' }, [figure.unit, figure.period].filter(Boolean).join(', ')),
    raw.ties ? make('ul', { class: 'kinds', 'aria-label': 'Marks' }, ...marks.map((mark) => make('li', {}, tick(mark), MARK_WORDS[mark]))) : null,
    ...alarms(figure.place),
    describe([
      ['In full', figure.amount], ['Column', figure.column], ['Mine', row.mine], ['Share', row.share], ['Concept', row.concept],
      ['Notes', row.notes], ['Place', `line ${figure.line}, columns ${figure.start} to ${figure.end}`],
    ]),
    jumps(figure.place),
    ...tieCards('What gives it', figure.targetOf, figure),
    ...tieCards('What it goes into', figure.operandOf, figure),
    ...(figure.claims.length ? [make('h3', {}, `What the text says (${figure.claims.length})`), ...figure.claims.map(claimCard)] : []),
  );
}

function showClaim(claim) {
  const row = (number, sign) => operandRow(figures[number], sign, null);
  const table = (title, list) => (list.length ? [make('h3', {}, title), make('div', { class: 'tie' }, make('table', { 'aria-label': title }, make('tbody', {}, ...list.map((number) => row(number, '')))))] : []);
  about.replaceChildren(
    make('p', { class: 'trail' }, make('span', {}, 'Said in the text')),
    make('h2', {}, VERDICTS[claim.verdict] || claim.verdict),
    make('p', { class: 'big' }, claim.number),
    ...alarms(claim.place),
    claimCard(claim),
    describe([
      ['Kind', claim.kind], ['Printed', claim.printed], ['Recomputed', claim.computed], ['By', claim.formula],
      ['Place', `line ${claim.line}, column ${claim.start}`],
    ]),
    jumps(claim.place),
    ...table('Its figures', claim.figures),
    ...table('The nearest figures', claim.candidates),
  );
}

function showSpot(place) {
  about.replaceChildren(make('h2', {}, place), ...alarms(place), jumps(place));
}
