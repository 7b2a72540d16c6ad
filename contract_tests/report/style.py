"""The look of the HTML report, and the few lines of script that filter its table."""

STYLE = """
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1b1f24; --soft: #57606a; --line: #d5dae0;
  --code: #f0f2f5; --accent: #0b57b0; --pass: #17744a; --fail: #c4232b; --div: #9a5b00; --ind: #7a3fc0; --out: #5c6670;
  --fail-tint: #fdecec; --pass-tint: #e7f6ee; --div-tint: #fdf3dc; --mark: #fff0b8; }
@media (prefers-color-scheme: dark) { :root { --page: #101418; --card: #191f26; --text: #e8ebef; --soft: #a3adb8;
  --line: #343d47; --code: #11161b; --accent: #7db7ff; --pass: #4fc487; --fail: #ff7b7b; --div: #f0b455; --ind: #c29bff;
  --out: #98a2ae; --fail-tint: #3a1d20; --pass-tint: #15301f; --div-tint: #33270f; --mark: #54460f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", sans-serif; }
main, header, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
h1 { font-size: 1.15rem; font-weight: 600; color: var(--soft); margin: 0 0 12px; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 40px 0 12px; }
h3 { font-size: 1.08rem; margin: 0; overflow-wrap: anywhere; }
h4 { font-size: .82rem; margin: 20px 0 6px; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, input:focus-visible, select:focus-visible, .scroll:focus-visible
  { outline: 3px solid var(--accent); outline-offset: 2px; }
.verdict { display: flex; gap: 16px; align-items: center; font-size: 1.4rem; font-weight: 650; line-height: 1.3;
  margin: 0 0 16px; padding: 20px 24px; border-radius: 12px; border-left: 8px solid; overflow-wrap: anywhere; }
.verdict b { font-size: 2rem; }
.verdict.pass { background: var(--pass-tint); border-color: var(--pass); }
.verdict.fail { background: var(--fail-tint); border-color: var(--fail); }
.verdict.indeterminate { background: var(--div-tint); border-color: var(--div); }
.facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 0 0 20px; }
.facts div { display: flex; gap: 8px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.scores { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 16px; }
.score, .card, .picture { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  padding: 18px 22px; }
.score h2 { margin: 0; font-size: .95rem; color: var(--soft); font-weight: 600; }
.score strong { display: block; font-size: 2rem; line-height: 1.25; }
.score p { margin: 0; color: var(--soft); font-size: .92rem; }
.picture { margin-top: 16px; overflow-x: auto; }
.picture svg { display: block; min-width: 640px; max-width: 100%; height: auto; }
.picture text { fill: var(--text); font: 13px system-ui, sans-serif; }
.picture text.soft { fill: var(--soft); }
.picture text.glyph { font: 700 12px system-ui, sans-serif; fill: var(--card); text-anchor: middle; }
.picture rect.pass, .swatch.pass { fill: var(--pass); stroke: var(--pass); }
.picture rect.fail { fill: var(--fail); stroke: var(--fail); }
.picture rect.divergence { fill: var(--div); stroke: var(--div); }
.picture rect.indeterminate { fill: var(--ind); stroke: var(--ind); }
.picture rect.scope { fill: none; stroke: var(--out); }
.picture a:hover rect { stroke: var(--text); stroke-width: 2; }
.card { margin: 0 0 20px; border-left: 6px solid var(--line); scroll-margin-top: 16px; }
.card.fail { border-left-color: var(--fail); }
.card.divergence { border-left-color: var(--div); }
nav ul { margin: 0 0 20px; padding: 0; list-style: none; columns: 2 420px; column-gap: 32px; font-size: .92rem; }
nav li { margin-bottom: 4px; overflow-wrap: anywhere; break-inside: avoid; }
.what { font-size: 1.1rem; font-weight: 600; margin: 8px 0 12px; overflow-wrap: anywhere; }
blockquote { margin: 0 0 8px; padding: 6px 16px; border-left: 3px solid var(--line); color: var(--soft); }
blockquote p { margin: 0; color: var(--text); overflow-wrap: anywhere; }
code, pre, .diff td { font: 13px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
pre { margin: 0; padding: 12px 14px; background: var(--code); border-radius: 8px; white-space: pre-wrap;
  overflow-wrap: anywhere; max-height: 480px; overflow-y: auto; }
p code, dd code, li code { background: var(--code); border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere; }
.notes { margin: 6px 0 0; padding-left: 20px; color: var(--soft); font-size: .9rem; }
.given { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 4px 16px; margin: 0; }
.scroll { overflow: auto; }
.diff { width: 100%; border-collapse: collapse; table-layout: fixed; background: var(--code); border-radius: 8px; }
.diff th { width: 50%; text-align: left; padding: 8px 14px; border-bottom: 1px solid var(--line); font-size: .85rem; }
.diff td { padding: 0 14px 0 26px; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere;
  position: relative; }
.diff td + td, .diff th + th { border-left: 1px solid var(--line); }
.diff tr.differs td { background: var(--mark); }
.diff tr.differs td:not(:empty)::before { content: "\\2260"; position: absolute; left: 9px; font-weight: 700; }
.diff.long { display: block; max-height: 520px; overflow-y: auto; }
details { margin-top: 14px; }
summary { cursor: pointer; color: var(--accent); font-weight: 600; }
details > :not(summary) { margin-top: 8px; }
.rows { width: 100%; min-width: 760px; border-collapse: collapse; font-size: .9rem; background: var(--card); }
.rows caption { text-align: left; color: var(--soft); padding: 0 0 8px; }
.rows th, .rows td { text-align: left; vertical-align: top; padding: 7px 10px; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; }
.rows thead th { white-space: nowrap; position: sticky; top: 0; background: var(--card);
  border-bottom: 2px solid var(--line); }
.rows td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
.rows tbody th { white-space: nowrap; font-weight: 600; }
.rows .sentence { color: var(--soft); font-size: .86rem; overflow-wrap: anywhere; }
.rows tr:target, .card:target { outline: 3px solid var(--accent); outline-offset: -3px; }
.outcome { white-space: nowrap; font-weight: 650; }
.outcome.pass { color: var(--pass); } .outcome.fail { color: var(--fail); } .outcome.divergence { color: var(--div); }
.outcome.indeterminate { color: var(--ind); } .outcome.scope { color: var(--out); }
.filter { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; margin: 0 0 12px; }
.filter[hidden], tr[hidden] { display: none; }
.filter input, .filter select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft);
  border-radius: 8px; padding: 6px 10px; }
footer { color: var(--soft); padding-top: 24px; padding-bottom: 40px; font-size: .9rem; }
@media (max-width: 720px) { main, header, footer { padding-left: 14px; padding-right: 14px; }
  .given { display: block; } }
@media print { body { background: none; font-size: 12px; } .card, .picture, .score { break-inside: avoid-page; }
  .filter { display: none; } pre, .diff.long { max-height: none; overflow: visible; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  .rows thead th { position: static; } main, header, footer { max-width: none; padding-left: 0; padding-right: 0; } }
"""

SCRIPT = """
const form = document.querySelector(".filter");
const rows = [...document.querySelectorAll(".rows.all tbody tr")];
const told = form.querySelector("output");
const filter = () => {
  const words = form.elements.words.value.toLowerCase().split(" ").filter(Boolean);
  const chosen = form.elements.outcome.value;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = (chosen && row.dataset.outcome !== chosen) || !words.every((word) => text.includes(word));
  }
  told.textContent = rows.filter((row) => !row.hidden).length + " of " + rows.length;
};
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
filter();
"""
