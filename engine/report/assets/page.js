/* page.js - buttons for language, theme and paper; the contents follow. */

function addButton(html, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.innerHTML = html;
  button.addEventListener('click', act);
  document.querySelector('.tools').append(button);
}

/* What has no text of its own is called as what it belongs to. */
function nameThings() {
  document.title = shown(document.querySelector('h1'));
  all('.scroll').forEach((part) => {
    const heading = part.closest('.block, figure').querySelector('h3');
    part.setAttribute('role', 'region');
    part.setAttribute('aria-label', shown(heading));
  });
}

function setLanguage(to) {
  root.dataset.lang = to;
  root.lang = to === 'zh' ? 'zh-CN' : 'en';
  nameThings();
  redraw();
}

function setTheme(to) {
  root.dataset.theme = to;
  redraw();
}

/* Mark the entry of the section that is being read. */
function followContents() {
  const links = new Map(all('nav a').map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    const entry = entries.find((one) => one.isIntersecting);
    if (entry === undefined) return;
    links.forEach((a) => a.removeAttribute('aria-current'));
    links.get(entry.target.id).setAttribute('aria-current', 'true');
  }, { rootMargin: '0px 0px -70% 0px' });
  all('main section').forEach((section) => seen.observe(section));
}

/* Paper is white. */
function followPrinter() {
  let before = 'light';
  window.addEventListener('beforeprint', () => {
    before = root.dataset.theme;
    setTheme('light');
  });
  window.addEventListener('afterprint', () => setTheme(before));
}

addButton('<span class="zh" lang="en">English</span>' +
  '<span class="en" lang="zh-CN">中文</span>',
() => setLanguage(lang() === 'zh' ? 'en' : 'zh'));
addButton(both('明暗', 'Theme'),
  () => setTheme(root.dataset.theme === 'dark' ? 'light' : 'dark'));
addButton(both('打印', 'Print'), () => window.print());
all('table').forEach(sortable);
all('.block').forEach(searchable);
nameThings();
setTheme(matchMedia('(prefers-color-scheme: dark)').matches ?
  'dark' : 'light');
followContents();
followPrinter();
