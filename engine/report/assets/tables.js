/* tables.js - tables that can be sorted by a column and searched. */

const shown = (cell) =>
  (cell.querySelector('.' + lang()) || cell).textContent;

function keyOf(cell, numeric) {
  if (!numeric) return shown(cell);
  const value = parseFloat(shown(cell).replace(/,/g, ''));
  return Number.isNaN(value) ? -Infinity : value;
}

/* Rising, then falling, then as it was. */
function sortBy(table, th) {
  const next = { ascending: 'descending', descending: null };
  const now = th.getAttribute('aria-sort');
  const way = now === null ? 'ascending' : next[now];
  const numeric = th.classList.contains('n');
  const body = table.tBodies[0], rows = [...body.rows];
  rows.forEach((row, i) => { row.dataset.at = row.dataset.at || i; });
  const keys = new Map(rows.map((row) =>
    [row, keyOf(row.cells[th.cellIndex], numeric)]));
  const order = new Intl.Collator(root.lang).compare;
  const compare = (a, b) => numeric ? (keys.get(a) - keys.get(b) || 0) :
    order(keys.get(a), keys.get(b));
  const sign = way === null ? 0 : way === 'ascending' ? 1 : -1;
  rows.sort((a, b) =>
    sign * compare(a, b) || a.dataset.at - b.dataset.at);
  all('th', table).forEach((other) => other.removeAttribute('aria-sort'));
  if (way !== null) th.setAttribute('aria-sort', way);
  body.append(...rows);
}

function sortable(table) {
  all('thead th', table).forEach((th) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...th.childNodes);
    button.addEventListener('click', () => sortBy(table, th));
    th.append(button);
  });
}

function searchable(block) {
  const rows = all('tbody tr', block);
  if (rows.length <= 15) return;
  const label = document.createElement('label');
  const input = document.createElement('input');
  label.innerHTML = both('查找', 'Find');
  input.type = 'search';
  label.append(input);
  block.querySelector('.bar').append(label);
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/);
    rows.forEach((row) => {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    });
  });
}
