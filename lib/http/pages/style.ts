/** The one style sheet of the pages that people see. It is allowed by its hash, so it holds nothing of an admin's. */
export const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#141a1e,#e9eef0);--muted:light-dark(#4f5b64,#a3b0b8);--canvas:light-dark(#f5f7f8,#0e1316);--on-canvas:var(--ink);--surface:light-dark(#fff,#151b1f);--sunken:light-dark(#eceff1,#1d252a);--line:light-dark(#dbe1e4,#2b353b);--edge:light-dark(#7b8790,#71808a);--accent:light-dark(#0b5f69,#5fc6cb);--danger:light-dark(#b3221b,#ff8f86);--danger-soft:light-dark(#fdeae8,#3d1715);--info:light-dark(#1d58a6,#85b8f7);--info-soft:light-dark(#e5effb,#13283f)}
:root[data-scheme=light]{color-scheme:light}
:root[data-scheme=dark]{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;align-items:center;gap:1.25rem;padding:max(1.5rem,8vh) 1rem 1.5rem;background:var(--canvas);color:var(--on-canvas);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
header,main,footer{width:100%;max-width:26rem}
.words header,.words main,.words footer{max-width:36rem}
.tiles header,.tiles main,.tiles footer{max-width:52rem}
header{text-align:center}
header img{display:block;margin:0 auto .75rem;max-width:min(100%,14rem);max-height:5rem;object-fit:contain}
.organization{margin:0;font-size:1.125rem;font-weight:600;line-height:1.4}
.said{margin:.25rem 0 0;white-space:pre-line}
main{padding:1.75rem 1.5rem;background:var(--surface);color:var(--ink);border:1px solid var(--line);border-radius:.75rem}
h1{margin:0 0 .25rem;font-size:1.375rem;line-height:1.3;font-weight:650}
h2{margin:1.25rem 0 .25rem;font-size:1rem}
p{margin:0 0 .5rem}
.host,.quiet{color:var(--muted);font-size:.9375rem}
.note{margin:1rem 0 0;padding:.625rem .875rem;border:1px solid var(--info);border-radius:.5rem;background:var(--info-soft);white-space:pre-line}
.note.error{border-color:var(--danger);background:var(--danger-soft)}
.own{margin:.75rem 0;padding:0 0 0 .875rem;border-left:3px solid var(--edge);white-space:pre-line}
ul{list-style:none;margin:1.25rem 0 0;padding:0;display:grid;gap:.625rem}
ol{margin:.25rem 0 0;padding-left:1.5rem}
li{min-width:0}
a{color:var(--accent)}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
.choice{display:flex;align-items:center;gap:.75rem;min-height:3.25rem;padding:.5rem .875rem;border:1px solid var(--edge);border-radius:.5rem;color:var(--ink);text-decoration:none}
.choice:hover{background:var(--sunken);border-color:var(--accent)}
.choice:focus-visible{border-radius:.5rem}
.choice b{display:block;font-weight:600}
.choice span{min-width:0;flex:1}
.choice small{display:block;color:var(--muted);font-size:.875rem}
.mark{flex:none;display:grid;place-items:center;width:2.25rem;height:2.25rem;border-radius:.375rem;background:var(--sunken);color:var(--muted);font-size:.875rem;font-weight:600;font-style:normal;object-fit:contain;overflow:hidden}
img.mark{background:none}
.logo{display:block;max-width:10rem;height:2.5rem;margin:0 0 .75rem;object-fit:contain;object-position:left}
ul.tiles{grid-template-columns:repeat(auto-fill,minmax(min(100%,14rem),1fr));gap:.75rem}
ul.tiles .choice{height:100%}
.acts{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.25rem 0 0}
.button{display:inline-block;padding:.5rem 1rem;border:1px solid currentColor;border-radius:.5rem;text-decoration:none;font-weight:600}
button{background:var(--accent);color:var(--surface);font:inherit;cursor:pointer}
button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
dl{margin:1.25rem 0 0;padding-top:1rem;border-top:1px solid var(--line);display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;font-size:.9375rem}
dt{color:var(--muted)}
dd{margin:0;min-width:0}
dd.code{font:.9375rem/1.6 ui-monospace,Menlo,Consolas,monospace}
dd.ref{font:600 1rem/1.5 ui-monospace,Menlo,Consolas,monospace;user-select:all}
.person{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.25rem 1rem}
footer{text-align:center;font-size:.9375rem}
@media (max-width:24rem){main{padding:1.25rem 1rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
@media (forced-colors:active){.choice,.button,.note,main{border-color:CanvasText}.choice:hover{border-color:Highlight}}
@media print{body{padding:0}}
`;
