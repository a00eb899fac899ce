/* page.js - the report's behaviour: language, theme, sorting, charts.
 *
 * A chart's figure holds its data as JSON, written from the table:
 *   kind    line | bar | stacked | across | histogram
 *   x       label, scale, unit, log; names[] of categories or values[]
 *   y       label, scale, unit
 *   series  label, values[] beside those of x
 *   marks   label, x: vertical lines
 * A label is { zh, en }; a scale is yuan, percent, year, date or plain.
 */
(function () {
  'use strict';
  const root = document.documentElement;
  const $$ = (query, from) => Array.from((from || document).querySelectorAll(query));
  const lang = () => root.dataset.lang;
  const say = (label) => label === null ? '' : label[lang()] || label.zh || label.en || '';
  const both = (zh, en) => '<span class="zh" lang="zh-CN">' + zh +
    '</span><span class="en" lang="en">' + en + '</span>';
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  /* ---- numbers ---- */
  const steps = {
    zh: [[1e8, '亿元'], [1e4, '万元'], [1, '元']],
    en: [[1e9, 'billion yuan'], [1e6, 'million yuan'], [1e3, 'thousand yuan'], [1, 'yuan']]
  };
  const number = (v, digits) => v.toLocaleString('en-US', { maximumFractionDigits: digits });

  /* Digits after the point that show three of a value. */
  const digitsFor = (v) => v === 0 ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(v)))));

  /* How an axis shows its values: a factor, a unit for its title, a text of one. */
  function reader(axis, values) {
    const size = values.reduce((m, v) => v === null ? m : Math.max(m, Math.abs(v)), 0);
    if (axis.scale === 'yuan') {
      /* on a log axis the typical value counts, not the largest */
      const typical = axis.log ? Math.sqrt(size * Math.max(1, Math.min(...values.filter((v) => v > 0)))) : size;
      const [factor, unit] = steps[lang()].find(([f]) => typical >= f) || steps[lang()].slice(-1)[0];
      return { unit, text: (v, digits) => number(v / factor, digits === undefined ? digitsFor(v / factor) : digits) };
    }
    if (axis.scale === 'percent')
      return { unit: '', text: (v, digits) => number(v * 100, digits === undefined ? digitsFor(v * 100) : digits) + '%' };
    if (axis.scale === 'year')
      return { unit: '', text: (v) => Number.isInteger(v) ? String(v) : '' };
    if (axis.scale === 'date')
      return { unit: '', text: (v) => new Date(Math.round(v) * 864e5).toISOString().slice(0, 10) };
    return { unit: say(axis.unit), text: (v, digits) => number(v, digits === undefined ? digitsFor(v) : digits) };
  }
  const capital = (text) => lang() === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  const titled = (axis, read) => read.unit === '' ? capital(say(axis.label)) :
    capital(say(axis.label)) + (lang() === 'zh' ? '（' + read.unit + '）' : ' (' + read.unit + ')');

  /* ---- vertical lines, then their labels, which do not cover one another ---- */
  function markLine(ctx, at, area) {
    ctx.beginPath();
    ctx.moveTo(at, area.top);
    ctx.lineTo(at, area.bottom);
    ctx.stroke();
  }
  function markLabel(ctx, mark, area, rows, plate) {
    const wide = ctx.measureText(mark.text).width + 8;
    const left = mark.at + 4 + wide <= area.right ? mark.at + 4 : mark.at - 4 - wide;
    let row = 0;
    while (rows[row] && rows[row].some(([a, b]) => left < b + 4 && left + wide > a - 4)) row++;
    (rows[row] = rows[row] || []).push([left, left + wide]);
    const y = area.top + 11 + 20 * row, ink = ctx.fillStyle;
    ctx.fillStyle = plate;
    ctx.fillRect(left, y - 9, wide, 18);
    ctx.fillStyle = ink;
    ctx.fillText(mark.text, left + 4, y + 1);
  }
  const markLines = {
    id: 'markLines',
    afterDatasetsDraw(chart, args, options) {
      const { ctx, chartArea: area, scales: { x } } = chart;
      const marks = (options.marks || [])
        .map((mark) => ({ text: mark.text, at: Math.round(x.getPixelForValue(mark.x)) + .5 }))
        .filter((mark) => mark.at >= area.left - 1 && mark.at <= area.right + 1);
      const rows = [];
      ctx.save();
      ctx.font = '12px ' + Chart.defaults.font.family;
      ctx.textBaseline = 'middle';
      ctx.strokeStyle = ctx.fillStyle = options.color;
      ctx.lineWidth = 1.5;
      ctx.setLineDash([5, 3]);
      marks.forEach((mark) => markLine(ctx, mark.at, area));
      marks.forEach((mark) => markLabel(ctx, mark, area, rows, options.plate));
      ctx.restore();
    }
  };

  /* ---- the value of each of a few bars, at its end ---- */
  const barValues = {
    id: 'barValues',
    afterDatasetsDraw(chart, args, options) {
      if (!options.text) return;
      const { ctx } = chart, across = chart.options.indexAxis === 'y';
      ctx.save();
      ctx.font = '12px ' + Chart.defaults.font.family;
      ctx.fillStyle = options.color;
      ctx.textBaseline = across ? 'middle' : 'bottom';
      ctx.textAlign = across ? 'left' : 'center';
      chart.getDatasetMeta(0).data.forEach((bar, i) => {
        const v = chart.data.datasets[0].data[i];
        if (v === null) return;
        const below = !across && v < 0;
        ctx.fillText(options.text(v), bar.x + (across ? 5 : 0), across ? bar.y + 1 : below ? bar.y + 16 : bar.y - 3);
      });
      ctx.restore();
    }
  };

  /* The bin of a histogram under the pointer. */
  function binMode(chart, event) {
    const points = chart.data.datasets[0].data;
    const at = chart.scales.x.getValueForPixel(event.x);
    let i = points.findIndex((p) => p.x > at) - 1;
    if (i < 0 || i > points.length - 2) return [];
    return [{ element: chart.getDatasetMeta(0).data[i], datasetIndex: 0, index: i }];
  }

  function colors(n) {
    return Array.from({ length: n }, (_, i) => css('--c' + (i % 8 + 1)));
  }

  function axisOptions(axis, read, extra) {
    const title = titled(axis, read);
    return Object.assign({
      title: { display: title !== '', text: title, color: css('--soft') },
      grid: { color: css('--grid'), borderColor: css('--line') },
      ticks: { color: css('--soft') }
    }, extra);
  }

  /* Ticks share the digits that their distance needs. */
  function tickText(read) {
    return function (value, index, ticks) {
      const step = ticks.length > 1 ? Math.abs(ticks[1].value - ticks[0].value) : Math.abs(value);
      const shown = read.text(step).replace(/[^0-9.]/g, '');
      const point = shown.indexOf('.');
      return read.text(value, point < 0 ? 0 : shown.length - point - 1);
    };
  }
  function logTickText(read) {
    return function (value) {
      const lead = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
      return [1, 2, 5].some((d) => Math.abs(lead - d) < 1e-6) ? read.text(value) : '';
    };
  }

  /* A scale for x, in numbers. */
  function numberAxis(c, read) {
    const options = axisOptions(c.x, read, { type: c.x.log ? 'logarithmic' : 'linear' });
    const at = c.points.map((p) => p.x);
    options.min = Math.min(...at);
    options.max = Math.max(...at);
    options.ticks.callback = c.x.log ? logTickText(read) : tickText(read);
    if (c.x.scale === 'year') options.ticks.precision = 0;
    options.ticks.maxRotation = 0;
    options.ticks.autoSkipPadding = 12;
    return options;
  }

  /* Edges of bins: each value holds up to the next bound. */
  function binPoints(x, values) {
    const n = x.length, width = n > 1 ? x[n - 1] - x[n - 2] : 1;
    const points = x.map((v, i) => ({ x: v, y: values[i] }));
    points.push({ x: x[n - 1] + width, y: values[n - 1] });
    return points;
  }

  function datasets(c) {
    const color = colors(c.series.length);
    const numeric = c.x.values !== undefined;
    return c.series.map((s, i) => {
      const base = { label: capital(say(s.label)), borderColor: color[i], backgroundColor: color[i] };
      if (c.kind === 'histogram')
        return Object.assign(base, { data: binPoints(c.x.values, s.values), stepped: true, fill: 'origin',
          backgroundColor: color[i] + '59', borderWidth: 1.25, pointRadius: 0, pointHoverRadius: 0 });
      if (c.kind === 'line')
        return Object.assign(base, { data: s.values.map((y, k) => ({ x: numeric ? c.x.values[k] : say(c.x.names[k]), y }))
          .filter((p) => !c.x.log || p.x > 0),
          borderWidth: 2, borderDash: i % 2 ? [6, 3] : [], pointRadius: s.values.length > 40 ? 0 : 2.5, pointHitRadius: 8, clip: 6 });
      return Object.assign(base, { data: s.values, borderWidth: 0, borderRadius: 2, maxBarThickness: 46 });
    });
  }

  function tooltip(c, readX, readY) {
    return {
      callbacks: {
        title(items) {
          if (c.x.values === undefined) return items[0].label;
          const p = items[0].raw, name = capital(say(c.x.label));
          if (c.kind !== 'histogram') return name + ' ' + readX.text(p.x) + ' ' + readX.unit;
          const next = items[0].dataset.data[items[0].dataIndex + 1];
          return name + ' ' + readX.text(p.x) + ' – ' + readX.text(next.x) + ' ' + readX.unit;
        },
        label(item) {
          const v = c.kind === 'across' ? item.parsed.x : item.parsed.y;
          return (item.dataset.label || capital(say(c.y.label))) + ': ' + readY.text(v) + ' ' + readY.unit;
        }
      }
    };
  }

  /* A name in lines of about a dozen letters. */
  function folded(name) {
    return name.split(' ').reduce((lines, word) => {
      const last = lines.length - 1;
      if (last >= 0 && lines[last].length + word.length < 12) lines[last] += ' ' + word;
      else lines.push(word);
      return lines;
    }, []);
  }
  const isFew = (c) => (c.kind === 'bar' || c.kind === 'across') && c.series.length === 1 && c.series[0].values.length <= 16;

  function scales(c, readX, readY) {
    const stacked = c.kind === 'stacked';
    const value = axisOptions(c.y, readY, { beginAtZero: true, stacked, grace: isFew(c) ? '9%' : '4%' });
    value.ticks.callback = tickText(readY);
    value.ticks.maxTicksLimit = 7;
    if (c.x.values !== undefined) return { x: numberAxis(c, readX), y: value };
    const names = axisOptions(c.x, { unit: '' }, { stacked });
    names.grid.display = false;
    if (c.kind !== 'across') {
      names.ticks.callback = function (at) { return folded(this.getLabelForValue(at)); };
      return { x: names, y: value };
    }
    names.title.display = false;
    names.ticks.autoSkip = false;
    return { x: value, y: names };
  }

  function draw(c, canvas) {
    const all = [].concat(...c.series.map((s) => s.values));
    const sums = c.kind === 'stacked' ?
      c.series[0].values.map((_, i) => c.series.reduce((t, s) => t + (s.values[i] || 0), 0)) : all;
    const readX = reader(c.x, c.x.values || []), readY = reader(c.y, sums);
    const data = { labels: c.x.names ? c.x.names.map(say) : undefined, datasets: datasets(c) };
    c.points = c.x.values ? data.datasets[0].data : [];
    canvas.setAttribute('aria-label', say(c.title));
    return new Chart(canvas, {
      type: c.kind === 'line' || c.kind === 'histogram' ? 'line' : 'bar',
      data,
      plugins: [markLines, barValues],
      options: {
        animation: false, maintainAspectRatio: false, locale: 'en-US',
        indexAxis: c.kind === 'across' ? 'y' : 'x',
        interaction: { mode: c.kind === 'histogram' ? 'bin' : 'index', intersect: false,
          axis: c.kind === 'across' ? 'y' : 'x' },
        scales: scales(c, readX, readY),
        plugins: {
          legend: { display: c.series.length > 1, position: 'top', align: 'start',
            labels: { color: css('--ink'), boxWidth: c.kind === 'line' ? 26 : 14, boxHeight: 10,
              usePointStyle: c.kind === 'line', pointStyle: 'line' } },
          barValues: { text: isFew(c) ? (v) => readY.text(v) : null, color: css('--ink') },
          tooltip: tooltip(c, readX, readY),
          markLines: { color: css('--mark'), plate: css('--card'),
            marks: c.marks.map((m) => ({ x: m.x, text: say(m.label) })).sort((a, b) => a.x - b.x) }
        }
      }
    });
  }

  /* ---- charts of the page ---- */
  const charts = $$('figure script').map((script) => Object.assign(JSON.parse(script.textContent),
    { canvas: script.closest('figure').querySelector('canvas') }));
  let drawn = [];
  function redraw() {
    drawn.forEach((chart) => chart.destroy());
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    Chart.Interaction.modes.bin = binMode;
    drawn = charts.map((c) => draw(c, c.canvas));
  }

  /* ---- tables ---- */
  const shown = (cell) => (cell.querySelector('.' + lang()) || cell).textContent;
  function keyOf(cell, numeric) {
    const text = shown(cell);
    if (!numeric) return text;
    const v = parseFloat(text.replace(/,/g, ''));
    return Number.isNaN(v) ? -Infinity : v;
  }
  function sortBy(table, th) {
    const next = { none: 'ascending', ascending: 'descending', descending: 'none' };
    const way = next[th.getAttribute('aria-sort') || 'none'];
    const column = th.cellIndex, numeric = th.classList.contains('n');
    const body = table.tBodies[0], rows = Array.from(body.rows);
    rows.forEach((row, i) => { if (row.dataset.at === undefined) row.dataset.at = i; });
    const sign = way === 'descending' ? -1 : 1;
    const keys = new Map(rows.map((row) => [row, keyOf(row.cells[column], numeric)]));
    const compare = (a, b) => numeric ? keys.get(a) - keys.get(b) || 0 :
      keys.get(a).localeCompare(keys.get(b), lang() === 'zh' ? 'zh-CN' : 'en');
    rows.sort((a, b) => (way === 'none' ? 0 : sign * compare(a, b)) || a.dataset.at - b.dataset.at);
    $$('th[aria-sort]', table).forEach((other) => other.removeAttribute('aria-sort'));
    if (way !== 'none') th.setAttribute('aria-sort', way);
    body.append(...rows);
  }
  function sortable(table) {
    $$('thead th', table).forEach((th) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...th.childNodes);
      button.addEventListener('click', () => sortBy(table, th));
      th.append(button);
    });
  }
  function searchable(block) {
    const rows = $$('tbody tr', block);
    if (rows.length <= 15) return;
    const label = document.createElement('label'), input = document.createElement('input');
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

  /* ---- buttons ---- */
  function button(html, act) {
    const b = document.createElement('button');
    b.type = 'button';
    b.innerHTML = html;
    b.addEventListener('click', act);
    document.querySelector('.tools').append(b);
    return b;
  }
  function setLanguage(to) {
    root.dataset.lang = to;
    root.lang = to === 'zh' ? 'zh-CN' : 'en';
    document.title = shown(document.querySelector('h1'));
    redraw();
  }
  function setTheme(to) {
    root.dataset.theme = to;
    redraw();
  }
  function follow() {
    const links = new Map($$('nav a').map((a) => [a.hash.slice(1), a]));
    const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
      if (!entry.isIntersecting) return;
      links.forEach((a) => a.removeAttribute('aria-current'));
      links.get(entry.target.id).setAttribute('aria-current', 'true');
    }), { rootMargin: '0px 0px -70% 0px' });
    $$('main section').forEach((section) => seen.observe(section));
  }

  button('<span class="zh" lang="en">English</span><span class="en" lang="zh-CN">中文</span>',
    () => setLanguage(lang() === 'zh' ? 'en' : 'zh'));
  button(both('明暗', 'Theme'), () => setTheme(root.dataset.theme === 'dark' ? 'light' : 'dark'));
  button(both('打印', 'Print'), () => window.print());
  $$('table').forEach(sortable);
  $$('.block').forEach(searchable);
  root.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  redraw();
  follow();

  let before;
  window.addEventListener('beforeprint', () => { before = root.dataset.theme; setTheme('light'); });
  window.addEventListener('afterprint', () => setTheme(before));
}());
