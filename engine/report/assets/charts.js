/* charts.js - charts from the data that stands in each figure as JSON:
 *   kind    line | bar | stacked | across | histogram
 *   title   label
 *   x       label, scale, unit, log; names[] of categories or values[]
 *   y       label, scale, unit, log
 *   series  label, values[] beside those of x
 *   marks   label, x: vertical lines
 * A label is { zh, en }; a scale is yuan, percent, year, date or plain. */

const isNumeric = (c) => c.x.values !== undefined;
const isFew = (c) => (c.kind === 'bar' || c.kind === 'across') &&
  c.series.length === 1 && c.series[0].values.length <= 16;

/* Do its series need their names, or does the value axis say enough? */
const isNamed = (c) => c.series.length > 1 ||
  say(c.series[0].label) !== say(c.y.label);

/* ---- data ---- */

/* Edges of bins: each value holds up to the next bound. */
function binPoints(x, values) {
  const n = x.length, width = n > 1 ? x[n - 1] - x[n - 2] : 1;
  return [...x.map((v, i) => ({ x: v, y: values[i] })),
    { x: x[n - 1] + width, y: values[n - 1] }];
}

function linePoints(c, values) {
  return values.map((y, i) => ({ x: c.x.values[i], y }))
    .filter((p) => (!c.x.log || p.x > 0) && (!c.y.log || p.y > 0))
    .sort((a, b) => a.x - b.x);
}

function dataset(c, s, i) {
  const color = css('--c' + (i % 8 + 1));
  const base = { label: capital(say(s.label)), borderColor: color,
    backgroundColor: color };
  if (c.kind === 'histogram')
    return Object.assign(base, { data: binPoints(c.x.values, s.values),
      stepped: true, fill: 'origin', backgroundColor: color + '59',
      borderWidth: 1.25, pointRadius: 0, pointHoverRadius: 0 });
  if (c.kind === 'line')
    return Object.assign(base, { data: linePoints(c, s.values),
      borderWidth: 2, borderDash: i % 2 ? [6, 3] : [], clip: 6,
      spanGaps: true,
      pointRadius: s.values.length > 40 ? 0 : 2.5, pointHitRadius: 8 });
  return Object.assign(base, { data: s.values, borderWidth: 0,
    borderRadius: 2, maxBarThickness: 46 });
}

/* ---- axes ---- */

function axisOptions(axis, read, more) {
  const name = capital(say(axis.label));
  const title = name === '' ? read.unit : name + inBrackets(read.unit);
  return Object.assign({
    title: { display: title !== '', text: title, color: css('--soft') },
    grid: { color: css('--grid'), borderColor: css('--line') },
    ticks: { color: css('--soft') }
  }, more);
}

/* Ticks share the digits that their distance needs. */
const tickText = (read) => function (value, index, ticks) {
  const step = ticks.length > 1 ? ticks[1].value - ticks[0].value : value;
  const digits = read.text(step).split('.')[1] || '';
  return read.text(value, digits.replace('%', '').length);
};

/* 1, 2 and 5 of each power of ten. */
const logTickText = (read) => function (value) {
  const power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
  const round = [1, 2, 5].some((d) => Math.abs(value / power - d) < 1e-6);
  return round ? read.text(value) : '';
};

function numberAxis(c, read, points) {
  const axis = axisOptions(c.x, read,
    { type: c.x.log ? 'logarithmic' : 'linear' });
  axis.min = Math.min(...points.map((p) => p.x));
  axis.max = Math.max(...points.map((p) => p.x));
  axis.ticks.callback = c.x.log ? logTickText(read) : tickText(read);
  axis.ticks.includeBounds = false; /* a bound is no round number */
  axis.ticks.maxRotation = 0;
  axis.ticks.autoSkipPadding = 12;
  if (c.x.scale === 'year') axis.ticks.precision = 0;
  return axis;
}

/* A name in lines of about `width` letters; a Chinese character is two wide,
 * and a line may end after it. */
function folded(name, width) {
  const lines = [''];
  let used = 0;
  for (const piece of name.match(/[\x21-\x7e]+\s*|\s+|[^\s\x21-\x7e]/g) || []) {
    const size = piece.length * (piece > '~' ? 2 : 1);
    if (used > 0 && used + size > width) {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += piece;
    used += size;
  }
  return lines.map((line) => line.trim());
}

function nameAxis(c) {
  const axis = axisOptions(c.x, { unit: '' },
    { stacked: c.kind === 'stacked' });
  axis.grid.display = false;
  const across = c.kind === 'across';
  if (across) axis.title.display = axis.ticks.autoSkip = false;
  axis.ticks.callback = function (at) {
    return folded(this.getLabelForValue(at), across ? 26 : 14);
  };
  return axis;
}

/* A curve of shares that comes near to all of it ends there. */
const endsAtOne = (c) => c.kind === 'line' && c.y.scale === 'percent' &&
  c.series.every((s) => s.values.every((v) => v <= 1)) &&
  c.series.some((s) => s.values.some((v) => v > 0.9));

function axes(c, readX, readY, points) {
  const value = axisOptions(c.y, readY, { beginAtZero: true,
    stacked: c.kind === 'stacked', grace: isFew(c) ? '9%' : '4%' });
  if (c.y.log) value.type = 'logarithmic';
  if (endsAtOne(c)) value.max = 1;
  value.ticks.callback = c.y.log ? logTickText(readY) : tickText(readY);
  value.ticks.maxTicksLimit = 7;
  if (isNumeric(c)) return { x: numberAxis(c, readX, points), y: value };
  return c.kind === 'across' ? { x: value, y: nameAxis(c) } :
    { x: nameAxis(c), y: value };
}

/* ---- what the pointer shows ---- */

/* The bin of a histogram under it. */
function binMode(chart, event) {
  const points = chart.data.datasets[0].data;
  const at = chart.scales.x.getValueForPixel(event.x);
  const index = points.findIndex((p) => p.x > at) - 1;
  if (index < 0) return [];
  const element = chart.getDatasetMeta(0).data[index];
  return [{ element, datasetIndex: 0, index }];
}

function tipTitle(c, readX, item) {
  if (!isNumeric(c)) return item.label;
  const from = capital(say(c.x.label)) + ' ' + readX.text(item.raw.x);
  if (c.kind !== 'histogram') return from + ' ' + readX.unit;
  const next = item.dataset.data[item.dataIndex + 1];
  return from + ' – ' + readX.text(next.x) + ' ' + readX.unit;
}

function tipLine(c, readY, item) {
  const value = c.kind === 'across' ? item.parsed.x : item.parsed.y;
  return item.dataset.label + ': ' + readY.text(value) + ' ' + readY.unit;
}

/* ---- drawing ---- */

/* The values that the value axis must reach. */
function heights(c) {
  const n = c.series[0].values.length;
  if (c.kind !== 'stacked') return c.series.flatMap((s) => s.values);
  return Array.from({ length: n }, (_, i) =>
    c.series.reduce((sum, s) => sum + (s.values[i] || 0), 0));
}

/* On a histogram a mark says where it stands: its name alone tells too little.
 */
function markText(c, readX, mark) {
  if (c.kind !== 'histogram') return say(mark.label);
  const gap = lang() === 'zh' ? '' : ' ';
  return say(mark.label) + ' ' + readX.text(mark.x) + gap + readX.unit;
}

function plugins(c, readX, readY) {
  const isLine = c.kind === 'line';
  return {
    legend: { display: isNamed(c), align: 'start',
      labels: { color: css('--ink'), boxWidth: isLine ? 26 : 14,
        boxHeight: 10, usePointStyle: isLine, pointStyle: 'line' } },
    tooltip: { callbacks: {
      title: (items) => items.length ? tipTitle(c, readX, items[0]) : '',
      label: (item) => tipLine(c, readY, item) } },
    barValues: { color: css('--ink'),
      text: isFew(c) ? (v) => readY.text(v) : null },
    markLines: { color: css('--mark'), plate: css('--card'),
      marks: c.marks.map((m) => ({ x: m.x, text: markText(c, readX, m) }))
        .sort((a, b) => a.x - b.x) }
  };
}

function draw(c) {
  const readX = reader(c.x, c.x.values || []);
  const readY = reader(c.y, heights(c));
  const datasets = c.series.map((s, i) => dataset(c, s, i));
  const labels = isNumeric(c) ? undefined : c.x.names.map(say);
  const across = c.kind === 'across';
  const points = isNumeric(c) ? datasets.flatMap((d) => d.data) : [];
  c.canvas.setAttribute('aria-label', say(c.title));
  return new Chart(c.canvas, {
    type: isNumeric(c) ? 'line' : 'bar',
    data: { labels, datasets },
    plugins: [markLines, barValues],
    options: {
      animation: false, maintainAspectRatio: false, locale: 'en-US',
      indexAxis: across ? 'y' : 'x',
      interaction: { mode: c.kind === 'histogram' ? 'bin' : 'index',
        intersect: false, axis: across ? 'y' : 'x' },
      scales: axes(c, readX, readY, points),
      plugins: plugins(c, readX, readY)
    }
  });
}

const charts = all('figure script').map((script) => Object.assign(
  JSON.parse(script.textContent),
  { canvas: script.closest('figure').querySelector('canvas') }));
let drawn = [];

function redraw() {
  drawn.forEach((chart) => chart.destroy());
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  Chart.Interaction.modes.bin = binMode;
  drawn = charts.map(draw);
}
