/**
 * The official look (GB/T 9704-2012) for a file of its own: on paper A4 with its margins, 22 lines of 28 characters, the
 * annex in landscape; on a screen the same page as wide as there is room. Faces by name, first the licensed ones.
 */
export const FILE_STYLE = `
:root{--fang:"FangSong_GB2312","仿宋_GB2312","FangSong","仿宋","STFangsong","FandolFang R","FandolFang",serif;--hei:"SimHei","黑体","Heiti SC","FandolHei",sans-serif;--kai:"KaiTi_GB2312","楷体_GB2312","KaiTi","楷体","STKaiti","FandolKai",serif;--song:"FZXiaoBiaoSong-B05S","方正小标宋简体","方正小标宋_GBK","SimSun","宋体","Songti SC","FandolSong",serif;--size:clamp(17px,2.1vw,21px)}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#000}
main{max-width:calc(28*var(--size) + 3em);margin:0 auto;padding:2em 1.5em 4em}
.doc,.mark{font:400 var(--size)/1.8125 var(--fang);line-break:strict;overflow-wrap:break-word;text-align:justify;font-synthesis:none}
h1,h2,h3,b,th{font-weight:400}
h1{font:400 calc(1.375*var(--size))/1.5 var(--song);text-align:center;text-wrap:balance;word-break:keep-all;margin:0 0 .9em}
h2,h3{font-size:inherit;line-height:inherit;margin:0;text-indent:2em}
h2{font-family:var(--hei)}h3{font-family:var(--kai)}b{font-family:var(--hei)}
p{margin:0;text-indent:2em}
p.delivery,p.speaker,p.mark{font-family:var(--kai);text-align:center;text-indent:0;text-wrap:balance;word-break:keep-all}
p.speaker,p.mark{margin-bottom:1.2em}
p.salutation{text-indent:0}
p.annex-line{margin-top:1.8125em}
p.item>.number{margin-right:.25em}
a{color:inherit}
table{width:100%;border-collapse:separate;border-spacing:0;border:solid #000;border-width:0 0 0 1px;font-size:max(14px,.72em);line-height:1.5;text-align:center;margin:.5em 0}
th,td{border:solid #000;border-width:0 1px 1px 0;padding:.3em .4em}
thead th{font-family:var(--hei)}:is(thead th,tbody:first-child tr:first-child>*){border-top-width:1px}thead{display:table-header-group}tr{break-inside:avoid}
caption{font:400 1.5em/1.5 var(--song);padding:.4em 0 1em;text-wrap:balance}
.text-table,.annex-table{overflow-x:auto;text-align:start}
section.annex{margin-top:3em;border-top:1px solid #777;padding-top:1.5em}
@media screen{section.annex{width:min(96vw,68rem);margin-inline:calc(50% - min(48vw,34rem))}.annex-table table{min-width:60em}.annex-table :is(th,td):nth-child(2){min-width:8em}.annex-table :is(th,td):nth-child(n+3){min-width:3.4em}}
h2.annex-label{text-indent:0}
.annex-table td:last-child{text-align:start}
footer.mark{margin-top:3em;border-top:1px solid #777;padding-top:1em;font-size:16px;line-height:1.7;text-align:start;display:flex;gap:1.5em;align-items:flex-start}
footer.mark p{text-indent:0;overflow-wrap:anywhere}footer.mark svg{width:28mm;height:28mm;flex:none}
.notice{border:1px solid #000;padding:.6em 1em;margin-bottom:1em}
@page{size:A4;margin:37mm 26mm 35mm 28mm}
@page :right{@bottom-right{content:"— " counter(page) " —";font:14pt SimSun,serif;margin-right:14pt;vertical-align:top;padding-top:7mm}}
@page :left{@bottom-left{content:"— " counter(page) " —";font:14pt SimSun,serif;margin-left:14pt;vertical-align:top;padding-top:7mm}}
@page annex{size:A4 landscape}
@media print{:root{--size:15.79pt}main{max-width:none;padding:0}.doc{line-height:28.99pt}h1{font-size:22pt;line-height:36pt}h2,h3{break-after:avoid}p{orphans:2;widows:2}a{text-decoration:none}section.annex{page:annex;break-before:page;border:0;margin:0;padding:0}.annex-table,.text-table{overflow:visible}section.annex table{font-size:10.5pt}footer.mark{break-inside:avoid;font-size:12pt;margin-top:1.5em}.doc:has(section.annex)+footer.mark{page:annex}}
@media (max-width:40em){.doc{text-align:start}main{padding:1.25em 1em 3em}}
`;
