// Views and filters: what is shown, and what of it stands out.

const view = () => document.body.dataset.view;
const scrolled = new Map();

function setView(name) {
  if (!document.querySelector(`.views button[data-view="${name}"]`)) return;
  if (name === view()) return;
  scrolled.set(view(), scrollY);
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll('.views button')) {
    button.setAttribute('aria-pressed', String(button.dataset.view === name));
  }
  if (chosen) lightAll();
  scrollTo({ top: scrolled.get(name) || 0, behavior: 'instant' });
}

function show_in(name, place) {
  setView(name);
  choose(place, { focus: true });
}

/** Let only the figures with one mark stand out; the same mark again shows all. */
function only(button) {
  const on = button.getAttribute('aria-pressed') !== 'true';
  for (const other of document.querySelectorAll('.legend button')) other.setAttribute('aria-pressed', String(on && other === button));
  for (const element of document.querySelectorAll('.kept')) element.classList.remove('kept');
  if (!on) { document.body.removeAttribute('data-only'); return; }
  const mark = button.dataset.only;
  document.body.dataset.only = mark;
  for (const element of document.querySelectorAll(`main .k-${mark}`)) element.classList.add('kept');
}

let grade = '';

function filterFindings() {
  const code = document.getElementById('code')?.value || '';
  for (const item of document.querySelectorAll('.findings li')) {
    item.hidden = Boolean((grade && item.dataset.grade !== grade) || (code && item.dataset.code !== code));
  }
}

function setGrade(button) {
  grade = button.dataset.grade;
  for (const other of document.querySelectorAll('.choices button')) other.setAttribute('aria-pressed', String(other === button));
  filterFindings();
}

/** A table as tab-separated values: figures in plain digits, so that a spreadsheet takes them as numbers. */
function copyTable(button) {
  const lines = [...document.querySelectorAll(`#${button.dataset.copy} tr`)].map((row) => [...row.children].map(cellText).join('\t'));
  navigator.clipboard.writeText(lines.join('\n')).then(() => { button.textContent = 'Copied'; }, () => { button.textContent = 'Not allowed'; });
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

function cellText(cell) {
  const figure = byPlace.get(cell.querySelector('.fig')?.getAttribute('href').slice(1));
  if (figure) return figure.value === 'nil' ? '0' : figure.value.replaceAll(',', '');
  const words = [...cell.childNodes].map((node) => node.textContent.trim()).filter(Boolean).join(', ').replace(/\s+/g, ' ');
  return /^[=+\-@]/.test(words) ? `'${words}` : words;
}

function theme() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const now = document.documentElement.dataset.theme || (dark ? 'dark' : 'light');
  document.documentElement.dataset.theme = now === 'dark' ? 'light' : 'dark';
}
