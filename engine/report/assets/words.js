/* words.js - the language of the page, and numbers as people read them. */
'use strict';

const root = document.documentElement;
const all = (query, from) => [...(from || document).querySelectorAll(query)];
const lang = () => root.dataset.lang;
const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();

/* A label { zh, en } in the language of the page, or in the other one. */
const say = (label) => label[lang()] || label.zh || label.en || '';
const capital = (text) => lang() === 'zh' ? text :
  text.charAt(0).toUpperCase() + text.slice(1);
const inBrackets = (unit) => unit === '' ? '' :
  lang() === 'zh' ? '（' + unit + '）' : ' (' + unit + ')';
const both = (zh, en) => '<span class="zh" lang="zh-CN">' + zh +
  '</span><span class="en" lang="en">' + en + '</span>';

const moneySteps = {
  zh: [[1e8, '亿元'], [1e4, '万元'], [1, '元']],
  en: [[1e9, 'billion yuan'], [1e6, 'million yuan'], [1e3, 'thousand yuan'],
    [1, 'yuan']]
};

const fixed = (v, digits) =>
  v.toLocaleString('en-US', { maximumFractionDigits: digits });

/* Digits after the point that show three of a value. */
const digitsFor = (v) => v === 0 ? 0 :
  Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(v)))));

/* The step of money in which most of `values` read well: on a log axis the
 * middle of the range counts, not its end. */
function moneyStep(values, log) {
  const sizes = values.filter((v) => v !== null && v !== 0).map(Math.abs);
  const largest = Math.max(0, ...sizes);
  const typical = log ? Math.sqrt(largest * Math.min(...sizes)) : largest;
  const steps = moneySteps[lang()];
  return steps.find(([size]) => typical >= size) || steps[steps.length - 1];
}

/* How an axis shows its values: the unit for its title, and a text of a value
 * with so many digits after the point, or as many as it needs. */
function reader(axis, values) {
  const scaled = (unit, factor, sign) => ({
    unit,
    text(v, digits) {
      const shown = v * factor;
      return fixed(shown, digits === undefined ? digitsFor(shown) : digits) +
        sign;
    }
  });
  if (axis.scale === 'yuan') {
    const [size, unit] = moneyStep(values, axis.log);
    return scaled(unit, 1 / size, '');
  }
  if (axis.scale === 'percent') return scaled('', 100, '%');
  if (axis.scale === 'year')
    return { unit: '', text: (v) => Number.isInteger(v) ? String(v) : '' };
  if (axis.scale === 'date')
    return {
      unit: '',
      text: (v) => new Date(Math.round(v) * 864e5).toISOString().slice(0, 10)
    };
  return scaled(say(axis.unit), 1, '');
}
