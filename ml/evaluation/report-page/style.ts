/** The whole style of the page; no font and no image comes from elsewhere. */
export const style = `
:root { color-scheme: light dark; --surface: #fff; --sunken: #f4f5f8; --line: #e1e4ea; --line-strong: #c9ced7; --ink: #1b1f26;
  --soft: #565e6b; --keep: #0f7a53; --keep-tint: #e6f5ee; --remove: #b4512f; --remove-tint: #fbeee8; --mark: #6b4d00;
  --mark-tint: #fdf3d7; --accent: #3156bb; --accent-tint: #eaf0fd; }
@media (prefers-color-scheme: dark) { :root { --surface: #1c2026; --sunken: #14171c; --line: #2c323b; --line-strong: #434b57;
  --ink: #e5e8ec; --soft: #a3abb8; --keep: #4cc38f; --keep-tint: #163127; --remove: #ef8d6a; --remove-tint: #38221a;
  --mark: #f0d07c; --mark-tint: #352b12; --accent: #8ea8ec; --accent-tint: #1f2a45; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--sunken); color: var(--ink); line-height: 1.5; font-size: 15px; font-variant-numeric: tabular-nums;
  font-family: "Inter Variable", Inter, system-ui, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 1080px; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 0.35rem; letter-spacing: -0.005em; }
h3 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
p { margin: 0 0 0.75rem; max-width: 68ch; text-wrap: pretty; }
.meta, .soft { color: var(--soft); }
.meta { margin: 0.35rem 0 1.5rem; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: 1.4rem 1.5rem 1.5rem; margin-top: 1rem; }
section > h2 + p { color: var(--soft); } section.plain > p { color: inherit; }
.verdict { border-left: 4px solid var(--keep); background: var(--keep-tint); }
.verdict.refused { border-left-color: var(--remove); background: var(--remove-tint); }
.verdict h2 { color: var(--keep); } .verdict.refused h2 { color: var(--remove); }
.verdict ul { margin: 0.25rem 0 0; padding-left: 1.2rem; } .verdict p { margin: 0; color: var(--ink) !important; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.75rem; margin: 1rem 0 0; padding: 0; }
.tiles div { border: 1px solid var(--line); background: var(--surface); border-radius: 12px; padding: 0.9rem 1rem; display: flex; flex-direction: column; }
.tiles dt { color: var(--soft); font-size: 0.86rem; line-height: 1.35; }
.tiles dd { margin: 0.35rem 0 0; font-size: 1.7rem; font-weight: 640; line-height: 1.15; letter-spacing: -0.02em; }
.tiles dd + dd { margin: 0.15rem 0 0; font-size: 0.82rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }
.tiles .lead dd:first-of-type { color: var(--accent); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; } .pair section { min-width: 0; }
table { width: 100%; border-collapse: collapse; margin-top: 0.5rem; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.4rem; }
th, td { text-align: right; padding: 0.45rem 0.6rem; border-top: 1px solid var(--line); vertical-align: baseline; font-weight: 400; white-space: nowrap; }
thead th { color: var(--soft); font-size: 0.82rem; border-top: 0; white-space: normal; vertical-align: bottom; line-height: 1.3; }
th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: normal; } th:last-child, td:last-child { padding-right: 0; }
tbody th small, td small { display: block; font-weight: 400; color: var(--soft); font-size: 0.8rem; line-height: 1.25; }
tr.own > * { font-weight: 620; } tr.own small { font-weight: 400; }
tr.small > * { color: var(--soft); }
.tag { display: inline-block; font-size: 0.75rem; font-weight: 500; line-height: 1.5; padding: 0 0.45em; border-radius: 99px; margin-left: 0.4em;
  background: var(--mark-tint); color: var(--mark); white-space: nowrap; }
.compare td { width: 35%; } .compare th:first-child { min-width: 11rem; } .compare td > span { display: grid; grid-template-columns: minmax(4rem, 1fr) 3.6rem; gap: 0.75rem; align-items: center; }
.whisker { display: block; overflow: visible; } .whisker .rail { stroke: var(--line); stroke-width: 2; }
.whisker .span { stroke-width: 5; stroke-linecap: round; opacity: 0.4; }
.whisker.own .span { stroke: var(--accent); } .whisker.own circle { fill: var(--accent); }
.whisker.other .span { stroke: var(--soft); } .whisker.other circle { fill: var(--soft); }
.chart { display: block; width: 100%; max-width: 540px; height: auto; margin: 0.5rem auto 0; font-size: 12px; }
.chart text { fill: var(--soft); } .chart .axis { fill: var(--ink); } .chart .grid line { stroke: var(--line); }
.chart path { fill: none; stroke-width: 2.25; stroke-linejoin: round; }
.chart path.recall { stroke: var(--accent); } .chart path.lossless { stroke: var(--keep); } .chart path.rules { stroke: var(--soft); stroke-dasharray: 5 4; stroke-width: 1.75; }
.chart circle.recall { fill: var(--accent); } .chart circle.lossless { fill: var(--keep); } .chart circle { stroke: var(--surface); stroke-width: 1.5; }
.chart .cut { stroke: var(--ink); stroke-dasharray: 2 3; } .chart .diagonal { stroke: var(--line-strong); stroke-dasharray: 4 4; }
.point line { stroke: var(--accent); stroke-width: 3; stroke-linecap: round; opacity: 0.35; } .point circle { fill: var(--accent); }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; margin: 0.5rem 0 0; padding: 0; font-size: 0.84rem; color: var(--soft); }
.key li::before { content: ""; display: inline-block; width: 1.3em; border-top: 3px solid currentColor; vertical-align: 0.25em; margin-right: 0.45em; }
.key .recall::before { color: var(--accent); } .key .lossless::before { color: var(--keep); } .key .rules::before { border-top-style: dashed; }
.key .cut::before { color: var(--ink); border-top: 0; border-left: 2px dotted; height: 0.9em; width: 0; margin: 0 0.85em 0 0.6em; vertical-align: -0.1em; }
details { margin-top: 0.75rem; } summary { cursor: pointer; color: var(--accent); }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.25rem; margin: 0.5rem 0 0; } dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
@media (max-width: 820px) { .tiles { grid-template-columns: 1fr 1fr; } .pair { grid-template-columns: 1fr; gap: 0; } }
@media (max-width: 640px) {
  main { padding: 1.25rem 0.75rem 3rem; } section { padding: 1.1rem 1rem; border-radius: 12px; } h1 { font-size: 1.4rem; } .chart { font-size: 15px; }
  .tiles { gap: 0.5rem; } .tiles div { padding: 0.7rem 0.75rem; } .tiles dd { font-size: 1.4rem; }
  table.stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.stacked, table.stacked tbody { display: block; }
  table.stacked tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.35rem 1rem; padding: 0.75rem 0; border-top: 1px solid var(--line); }
  table.stacked th, table.stacked td { display: block; border: 0; padding: 0; text-align: left; white-space: normal; width: auto; }
  table.stacked tbody th { grid-column: 1 / -1; font-weight: 600; }
  table.stacked td::before { content: attr(data-label); display: block; color: var(--soft); font-size: 0.78rem; font-weight: 400; line-height: 1.3; }
  .compare.stacked tr { grid-template-columns: 1fr; } dl.facts { grid-template-columns: 1fr; gap: 0 ; } dl.facts dd { margin-bottom: 0.5rem; }
}
@media print {
  :root { color-scheme: light; --surface: #fff; --sunken: #fff; --line: #d5d9e0; --line-strong: #a9b0bb; --ink: #000; --soft: #444; --keep: #0f7a53; --keep-tint: #fff;
    --remove: #98401f; --remove-tint: #fff; --mark: #000; --mark-tint: #eee; --accent: #2848a0; }
  @page { margin: 14mm; } body { font-size: 10pt; } main { max-width: none; padding: 0; }
  section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 1rem 0; margin: 0; }
  .verdict { padding-left: 0.8rem; } tr, .tiles, .chart, h2, h3 { break-inside: avoid; } h2, h3, caption { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; } summary { color: var(--soft); list-style: none; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
