// The page's data, opened: lists of lists become objects that name their parts.

const raw = JSON.parse(document.getElementById('data').textContent);
const text = (number) => raw.texts[number];
const placeOf = (line, start) => `L${line}C${start}`;

const figures = raw.figures.map(([line, start, end, row, value, amount, unit, period, column, printed], number) => ({
  number, line, start, end, row, value, amount, unit: text(unit), period: text(period), column: text(column), printed,
  place: placeOf(line, start), targetOf: [], operandOf: [], claims: [],
}));

const rows = raw.rows.map(([path, mine, share, concept, notes]) => ({
  path: path.map(text), mine: text(mine), share, concept: text(concept), notes,
}));

const ties = (raw.ties || []).map(
  ([code, name, kind, grade, target, operands, printed, computed, difference, allowed, verdict, formula], number) => ({
    number, code: text(code), name: text(name), kind: text(kind), grade: text(grade), target,
    operands: operands.map(([figure, weight, role]) => ({ figure, weight: text(weight), role: text(role) })),
    printed, computed, difference, allowed, verdict: text(verdict), formula: text(formula),
  }),
);

const claims = (raw.claims || []).map(
  ([line, start, number, kind, figuresOf, printed, computed, verdict, first, last, formula, candidates, sentence]) => ({
    line, start, number, kind: text(kind), figures: figuresOf, printed, computed, verdict: text(verdict), first, last,
    formula: text(formula), candidates, sentence, place: placeOf(line, start),
  }),
);

const findings = (raw.findings || []).map(
  ([grade, code, line, start, message, printed, computed, difference, allowed, suspect, tieNumbers, claim], number) => ({
    number, grade, code, line, start, message, printed, computed, difference, allowed, suspect, ties: tieNumbers, claim,
    place: placeOf(line, start),
  }),
);

const byPlace = new Map(figures.map((figure) => [figure.place, figure]));
const claimByPlace = new Map(claims.map((claim) => [claim.place, claim]));
const findingsByPlace = new Map();
for (const finding of findings) {
  for (const place of new Set([finding.place, finding.suspect])) {
    if (!place) continue;
    if (!findingsByPlace.has(place)) findingsByPlace.set(place, []);
    findingsByPlace.get(place).push(finding);
  }
}
for (const tie of ties) {
  figures[tie.target].targetOf.push(tie);
  for (const { figure } of tie.operands) figures[figure].operandOf.push(tie);
}
for (const claim of claims) for (const figure of claim.figures) figures[figure].claims.push(claim);

const holds = (verdict) => verdict === 'ties' || verdict === 'ties-within-rounding';
const label = (figure) => {
  const path = rows[figure.row].path;
  return path.length ? path[path.length - 1] : '(no label)';
};
