/** Colours by the reader's own theme, each with a contrast of at least 4.5 for text and 3 for lines. */
const colours = `
:root{--page:#fff;--card:#f6f8fa;--text:#1b1f24;--muted:#57606a;--rule:#d0d7de;--link:#0550ae;
--cpu:#0969da;--memory:#8250df;--level:#bc4c00;--demand:#57606a;--proposed:#bc4c00;
--s0:#ddf4ff;--s1:#80ccff;--s2:#218bff;--s3:#0550ae;--s4:#002155}
@media (prefers-color-scheme:dark){:root{--page:#0d1117;--card:#161b22;--text:#e6edf3;--muted:#9ea7b3;--rule:#30363d;--link:#79c0ff;
--cpu:#58a6ff;--memory:#bc8cff;--level:#f0883e;--demand:#9ea7b3;--proposed:#f0883e;
--s0:#0c2d6b;--s1:#1158c7;--s2:#388bfd;--s3:#79c0ff;--s4:#cae8ff}}`

const layout = `
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:1280px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:26px;line-height:1.25;margin:0}h2,h3{font-size:20px;margin:0}h4{font-size:16px;margin:24px 0 8px}
p{margin:6px 0}ul{margin:8px 0;padding-left:20px}a{color:var(--link)}
.muted,small,caption{color:var(--muted)}small{font-size:13px;font-weight:400}
article{border-top:1px solid var(--rule);margin-top:40px;padding-top:24px}
.columns{display:grid;grid-template-columns:minmax(0,1fr);gap:8px 32px;align-items:start}
.card{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:12px 16px;margin:12px 0}
.card h4{margin:0 0 4px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:16px 0}
.card .figures{grid-template-columns:repeat(auto-fit,minmax(120px,1fr));margin:4px 0 12px}
.figures dt{color:var(--muted);font-size:13px}.figures dd{margin:0;font-size:22px;font-weight:600}
.figures small{display:block}
pre{background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:8px 12px;margin:4px 0;white-space:pre-wrap;font-size:13px}
.card pre{background:var(--page)}`

const tables = `
table{border-collapse:collapse;width:100%;font-size:14px}caption{text-align:left;padding:4px 0;font-size:13px}
th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--rule);vertical-align:top;font-weight:400}
thead th{color:var(--muted);font-size:13px;overflow-wrap:normal}
.fleet tbody th{font-weight:600;min-width:9em}.fleet td{min-width:6.6em}.number{white-space:nowrap}
.factors td,.factors th{border:0;padding:2px 10px 2px 0}.factors .mark{width:30%}.factors td:last-child{white-space:nowrap}.factors svg{display:block;height:10px;width:100%;margin-top:6px}
@media (max-width:640px){.rows thead{display:none}.rows,.rows tbody,.rows tr,.rows th,.rows td,.rows caption{display:block;width:auto}
.rows tr{border-bottom:1px solid var(--rule);padding:6px 0}.rows th,.rows td{border:0;padding:1px 0}.rows tbody th{font-weight:600}
.rows td[data-label]:not(:empty)::before{content:attr(data-label) ": ";color:var(--muted)}}`

const charts = `
.chart{margin:16px 0}.chart figcaption{font-size:13px;line-height:1.6}.chart strong{font-size:14px;margin-right:8px}
.key{color:var(--muted);margin-right:10px;white-space:nowrap}.key i{display:inline-block;width:12px;height:4px;margin:0 4px 3px 0;background:currentColor;border-radius:2px}
.plot{display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 8px;font-size:12px;color:var(--muted)}
.plot svg{width:100%;border-left:1px solid var(--rule);border-bottom:1px solid var(--rule);display:block}
.plot.tall svg,.plot.bands svg{height:180px}.plot.low svg{height:90px}
.y{display:flex;flex-direction:column;justify-content:space-between;text-align:right;line-height:1}
.bands .y{justify-content:space-around}
.x{grid-column:2;display:flex;justify-content:space-between;white-space:nowrap}
.x span{width:0;display:flex;justify-content:center}.x span:first-child{justify-content:flex-start}.x span:last-child{justify-content:flex-end}
@media (max-width:640px){.x span:not(:nth-child(4n+1)):not(:last-child){visibility:hidden}}
.line{fill:none;stroke-width:1.75;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.grid{fill:none;stroke:var(--rule);stroke-width:1;vector-effect:non-scaling-stroke}
.cpu,.capacity,.today{stroke:var(--cpu)}.key .cpu,.key .capacity,.key .today{background:var(--cpu)}
.peak{stroke:var(--cpu);stroke-opacity:.45;stroke-width:1}.key .peak{background:var(--cpu);opacity:.45}
.memory{stroke:var(--memory)}.key .memory{background:var(--memory)}
.demand{stroke:var(--demand)}.key .demand{background:var(--demand)}
.proposed{stroke:var(--proposed)}.key .proposed{background:var(--proposed)}
.level{stroke:var(--level);stroke-dasharray:6 5;stroke-width:1.25}.key .level{background:var(--level)}
.bar{fill:var(--cpu)}.partly{fill-opacity:.4}.rail{fill:var(--rule)}
.shade0{fill:var(--s0)}.shade1{fill:var(--s1)}.shade2{fill:var(--s2)}.shade3{fill:var(--s3)}.shade4{fill:var(--s4)}
.key .shade0{background:var(--s0)}.key .shade1{background:var(--s1)}.key .shade2{background:var(--s2)}.key .shade3{background:var(--s3)}.key .shade4{background:var(--s4)}
.key [class^=shade]{height:12px;margin-bottom:-1px;border:1px solid var(--rule)}`

const wide = `
@media (min-width:960px){.columns{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}
@media print{main{max-width:none;padding:0}article{break-before:page;border:0;margin:0}.chart,.card,tr{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit;text-decoration:none}}`

/** The one style sheet of a report, inside the page. */
export const styleSheet = [colours, layout, tables, charts, wide].join('')
