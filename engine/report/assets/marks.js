/* marks.js - two plugins of ours for the chart library: vertical lines with
 * their names, and the values of a few bars. */

function markLine(ctx, at, area) {
  ctx.beginPath();
  ctx.moveTo(at, area.top);
  ctx.lineTo(at, area.bottom);
  ctx.stroke();
}

/* Right of its line if there is room, in the first row that is free. */
function markLabel(ctx, mark, area, rows, plate) {
  const wide = ctx.measureText(mark.text).width + 8;
  const fits = mark.at + 4 + wide <= area.right;
  const left = fits ? mark.at + 4 : mark.at - 4 - wide;
  const hits = ([a, b]) => left < b + 4 && left + wide > a - 4;
  let row = 0;
  while (rows[row] && rows[row].some(hits)) row++;
  (rows[row] = rows[row] || []).push([left, left + wide]);
  const y = area.top + 11 + 20 * row, ink = ctx.fillStyle;
  ctx.fillStyle = plate;
  ctx.fillRect(left, y - 9, wide, 18);
  ctx.fillStyle = ink;
  ctx.fillText(mark.text, left + 4, y + 1);
}

/* Options: marks [{ x, text }] in order of x, color, plate (behind names). */
const markLines = {
  id: 'markLines',
  afterDatasetsDraw(chart, args, options) {
    const { ctx, chartArea: area, scales: { x } } = chart;
    const rows = [];
    const marks = (options.marks || []).map((mark) => (
      { text: mark.text, at: Math.round(x.getPixelForValue(mark.x)) + .5 }
    )).filter(({ at }) => at >= area.left - 1 && at <= area.right + 1);
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

/* Options: text(value), or null for no values; color. */
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
      const x = bar.x + (across ? 5 : 0);
      const y = across ? bar.y + 1 : v < 0 ? bar.y + 16 : bar.y - 3;
      ctx.fillText(options.text(v), x, y);
    });
    ctx.restore();
  }
};
