/** The look of every page we write: system fonts, no external resources, light and dark. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f7f9; --line: #e1e4e9; --ink: #1b1f27; --soft: #5c6472; --faint: #8a92a0;
  --accent: #2f6fde; --good: #1a7f4b; --warn: #a35f00; --bad: #c0322b;
  --good-ground: #e5f4ec; --warn-ground: #fbf0dd; --bad-ground: #fbe7e6;
  --low: #2f6fde; --high: #d9365f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --panel: #1c2027; --line: #2d333d; --ink: #e6e9ee; --soft: #a3abb8; --faint: #79818f;
    --accent: #6aa1ff; --good: #58c58c; --warn: #e0a44a; --bad: #f27a73;
    --good-ground: #183326; --warn-ground: #382b15; --bad-ground: #3c1f1e;
    --low: #6aa1ff; --high: #ff6f91;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
main, header.top, footer { max-width: 1120px; margin: 0 auto; padding: 0 28px; }
header.top { padding-top: 36px; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 6px; }
h2 { font-size: 20px; letter-spacing: -0.01em; margin: 52px 0 4px; padding-top: 8px; }
h3 { font-size: 15px; margin: 0 0 8px; }
p { margin: 6px 0 14px; max-width: 76ch; }
.soft, .lead { color: var(--soft); }
.lead { font-size: 16px; margin: 0 0 18px; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
code, .mono { font: 0.9em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 10px 0; margin-top: 8px; border-bottom: 1px solid var(--line); }
nav a { color: var(--soft); font-size: 14px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(134px, 1fr)); gap: 12px; margin: 22px 0; }
.tile { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
.tile .value { font-size: 24px; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.tile .name { color: var(--soft); font-size: 13px; }
.tile .note { color: var(--faint); font-size: 12px; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 16px; align-items: start; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; margin: 0 0 16px; overflow-x: auto; }
.grid .panel { margin: 0; }
.panel svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
.panel.wide svg { max-width: none; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-weight: 550; font-size: 13px; }
td.n, td.k { white-space: nowrap; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td.n, th.n { text-align: right; }
td .bar { display: inline-block; height: 8px; border-radius: 4px; background: var(--accent); vertical-align: middle; }
.tag { display: inline-block; padding: 1px 9px; border-radius: 999px; font-size: 12.5px; font-weight: 550; white-space: nowrap; }
.tag.good { background: var(--good-ground); color: var(--good); }
.tag.warn { background: var(--warn-ground); color: var(--warn); }
.tag.bad { background: var(--bad-ground); color: var(--bad); }
.tag.plain { background: var(--line); color: var(--soft); }
.action { border-left: 3px solid var(--accent); padding: 2px 0 2px 12px; margin: 8px 0; }
details summary { cursor: pointer; color: var(--soft); }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; overflow-x: auto; font-size: 13px; }
footer { color: var(--faint); font-size: 13px; padding-top: 36px; padding-bottom: 40px; }
@media (max-width: 560px) { .grid { grid-template-columns: 1fr; } main, header.top, footer { padding: 0 16px; } }
@media print { nav { display: none; } .panel, .tile { break-inside: avoid; } }
`;
