/** The page of the sample clouds: one file, no build, plain text only where values are shown. */

const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d1c1d; --dim: #616061; --line: #e4e4e4; --head: #f8f8f8;
  --on: #007a5a; --turning: #9a6700; --off: #6b6b6b; --flash: #fff3c4; --tag: #f1f1f1; }
@media (prefers-color-scheme: dark) { :root { --paper: #1a1d21; --ink: #d1d2d3; --dim: #ababad; --line: #34373b;
  --head: #212428; --on: #3fb68b; --turning: #d9a43b; --off: #9a9a9a; --flash: #4a3d12; --tag: #2b2e33; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 14px/1.45 'Lato', -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 20px 20px 48px; }
h1 { font-size: 20px; margin: 0; } h2 { font-size: 15px; margin: 24px 0 6px; }
p { color: var(--dim); margin: 4px 0 14px; max-width: 76ch; }
.bar { display: flex; flex-wrap: wrap; gap: 8px 10px; align-items: center; }
input[type='search'] { flex: 1 1 220px; max-width: 360px; font: inherit; color: inherit; padding: 6px 10px;
  background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
button { font: inherit; color: inherit; padding: 5px 10px; background: none; border: 1px solid var(--line);
  border-radius: 6px; cursor: pointer; }
button[aria-pressed='true'] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
:focus-visible { outline: 2px solid #1d9bd1; outline-offset: 1px; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 7px 12px; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--head); color: var(--dim); font-weight: 600; font-size: 12px; white-space: nowrap; }
td.name { font-weight: 600; overflow-wrap: anywhere; min-width: 180px; }
td small { display: block; color: var(--dim); font-weight: 400; }
td.state, td.place, td.since { white-space: nowrap; }
.state .dot { display: inline-block; width: 9px; height: 9px; border-radius: 50%; margin-right: 7px; background: currentcolor; }
.on { color: var(--on); } .turning { color: var(--turning); } .off { color: var(--off); }
.off .dot { background: none; box-shadow: inset 0 0 0 2px currentcolor; }
.turning .dot { animation: pulse 1s infinite alternate; }
@keyframes pulse { from { opacity: 1; } to { opacity: 0.25; } }
@media (prefers-reduced-motion: reduce) { .turning .dot { animation: none; } }
tr.changed td { background: var(--flash); }
.tag { display: inline-block; background: var(--tag); border-radius: 4px; padding: 0 5px; margin: 1px 4px 1px 0; font-size: 12px;
  max-width: 260px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
.none { color: var(--dim); padding: 12px; }
code { font: 12px/1.5 ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  main { padding: 14px 12px 40px; }
  thead { display: none; } tr { display: block; padding: 8px 12px; border-top: 1px solid var(--line); }
  tbody tr:first-child { border-top: 0; } td { display: block; border: 0; padding: 1px 0; } td.tags { margin-top: 3px; }
  #calls td { display: inline-block; margin-right: 10px; }
}`;

const SCRIPT = `
const VENDORS = ['All', 'AWS', 'Google Cloud', 'Azure', 'Kubernetes', 'LiteLLM', 'OpenAI', 'Anthropic'];
const known = new Map();
let state = { rows: [], calls: [] };
let vendor = 'All';
const find = document.getElementById('find');
const el = (name, text, className) => {
  const one = document.createElement(name);
  if (text !== undefined) one.textContent = text;
  if (className) one.className = className;
  return one;
};
const time = (iso) => iso ? new Date(iso).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }) : '';
for (const name of VENDORS) {
  const button = el('button', name);
  button.type = 'button';
  button.addEventListener('click', () => { vendor = name; draw(); });
  document.getElementById('vendors').append(button);
}
find.addEventListener('input', draw);
function row(one) {
  const key = [one.vendor, one.kind, one.place, one.name].join('|');
  const before = known.get(key);
  if (before === undefined && known.loaded) known.set(key, { state: one.state, at: Date.now() });
  else if (before === undefined) known.set(key, { state: one.state, at: 0 });
  else if (before.state !== one.state) known.set(key, { state: one.state, at: Date.now() });
  const tr = el('tr', undefined, Date.now() - known.get(key).at < 4000 ? 'changed' : '');
  tr.dataset.name = one.name;
  const name = el('td', one.name, 'name');
  name.append(el('small', one.vendor + ' · ' + one.kind));
  const state = el('td', undefined, 'state ' + one.tone);
  state.append(el('span', undefined, 'dot'), el('span', one.state));
  const place = el('td', one.place, 'place');
  place.append(el('small', one.size));
  const tags = el('td', undefined, 'tags');
  for (const [name, value] of Object.entries(one.tags)) {
    const tag = el('span', name + '=' + value, 'tag');
    tag.title = name + '=' + value;
    tags.append(tag);
  }
  tr.append(name, state, place, el('td', time(one.since), 'since'), tags);
  return tr;
}
function draw() {
  for (const button of document.querySelectorAll('#vendors button'))
    button.setAttribute('aria-pressed', String(button.textContent === vendor));
  const words = find.value.toLowerCase().split(/\\s+/);
  const fits = (one) => (vendor === 'All' || one.vendor === vendor) &&
    words.every((word) => [one.name, one.vendor, one.kind, one.place, one.state, ...Object.entries(one.tags).flat()].join(' ').toLowerCase().includes(word));
  const rows = state.rows.filter(fits);
  document.getElementById('rows').replaceChildren(...rows.map(row));
  known.loaded = state.rows.length > 0;
  document.getElementById('nothing').hidden = rows.length > 0;
  const count = (tone) => state.rows.filter((one) => one.tone === tone).length;
  document.getElementById('sum').textContent = count('on') + ' running, ' + count('turning') + ' changing, ' + count('off') + ' stopped or ended';
  const calls = state.calls.map((one) => {
    const tr = el('tr');
    const what = el('td');
    what.append(el('code', one.operation));
    tr.append(el('td', new Date(one.at).toLocaleTimeString()), el('td', one.vendor), what, el('td', one.target), el('td', one.status));
    return tr;
  });
  document.getElementById('calls').replaceChildren(...calls);
  document.getElementById('quiet').hidden = calls.length > 0;
}
async function look() {
  const live = document.getElementById('live');
  try {
    const answer = await fetch('state.json');
    const text = await answer.text();
    live.textContent = 'live';
    if (text !== look.last || Date.now() < look.until) {
      if (text !== look.last) look.until = Date.now() + 5000;
      look.last = text;
      state = JSON.parse(text);
      draw();
    }
  } catch {
    live.textContent = 'the demo does not answer';
  }
  setTimeout(look, 1000);
}
look();`;

export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sample clouds</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Sample clouds</h1>
<p>What the sample organisation runs, at stand-ins of its vendors on this machine. Pennywatch reaches them with the vendors’ own
APIs; this page only looks, once a second (<span id="live">…</span>): <span id="sum"></span>.</p>
<div class="bar"><input type="search" id="find" placeholder="Find: bert, training, dev …" aria-label="Find">
<span class="bar" id="vendors" role="group" aria-label="Vendor"></span></div>
<h2>Calls that changed something</h2>
<div class="scroll"><table><thead><tr><th>Time</th><th>Vendor</th><th>Call</th><th>About</th><th>Answer</th></tr></thead>
<tbody id="calls"></tbody></table><div class="none" id="quiet">None yet: nobody has stopped or started anything.</div></div>
<h2>Resources</h2>
<div class="scroll"><table><thead><tr><th>Resource</th><th>State</th><th>Where, size</th><th>Since</th><th>Tags</th></tr></thead>
<tbody id="rows"></tbody></table><div class="none" id="nothing" hidden>Nothing fits.</div></div>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
