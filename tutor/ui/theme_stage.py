"""The look of a demonstration, and of the presenter view: large, in full contrast, and bare."""

STAGE = """<style>
.rr .question { font-family: var(--serif); font-size: 1.25rem; line-height: 1.35; margin: 0; }
.rr .heard { font-size: 1.12rem; } .rr .rr { margin-bottom: .75rem; }
.rr .heard:has(+ .versions) .bubble { margin-right: 0; margin-bottom: .9rem; }
.rr .standing b { font-size: 1.05rem; }
.rr dl.bars { display: grid; grid-template-columns: 4.2rem 1fr 5.2rem; gap: .35rem .6rem;
  align-items: center; margin: .5rem 0; font-size: .95rem; }
.rr dl.bars, .rr dl.bars dt, .rr dl.bars dd { padding: 0; }
.rr dl.bars dt, .rr dl.bars dd { margin: 0; }
.rr dl.bars .track { height: .8rem; border-radius: .4rem; background: var(--empty);
  overflow: hidden; }
.rr dl.bars .track i { display: block; height: 100%; border-radius: .4rem; width: var(--to);
  animation: rr-move 1.1s ease-out; }
.rr dl.bars .bond i { background: var(--blue); } .rr dl.bars .goals i { background: var(--violet); }
.rr dl.bars .tasks i { background: var(--teal); }
.rr dl.bars .points { white-space: nowrap; }
@keyframes rr-move { from { width: var(--from); } to { width: var(--to); } }
@media (prefers-reduced-motion: reduce) { .rr dl.bars .track i { animation: none; } }
.rr .versions { display: grid; grid-template-columns: repeat(3, 1fr); gap: .9rem; }
.rr .versions > section { background: var(--card); border: 1px solid var(--line);
  border-top: 5px solid var(--teal); border-radius: 12px; padding: .8rem .95rem; }
.rr .versions > section.half { border-top-color: var(--amber); }
.rr .versions > section.badly { border-top-color: var(--rose); }
.rr .versions h2 { font-size: 1.1rem; }
.rr .versions .bubble, .rr .versions .bubble.me { margin: 0 0 .5rem; }
.rr ol.discuss { margin: 0; padding-left: 1.4rem; } .rr ol.discuss li { margin: 0 0 .5rem;
  font-size: 1.08rem; }
@media (max-width: 900px) { .rr .versions { grid-template-columns: 1fr; } }
</style>"""

PRESENTING = """<style>
:root { font-size: 160%; }
:root, .stApp { --ink: light-dark(#000, #FFF); --muted: light-dark(#2B3331, #E3E7E4);
  --line: light-dark(#6B7472, #8C9694); --card: light-dark(#FFF, #0C1010);
  --mine: light-dark(#F1F8F7, #0F2220); --empty: light-dark(#D2CCC1, #3A4544); }
.stApp { background: light-dark(#FFF, #000); }
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stSidebarCollapsedControl"],
[data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stMainBlockContainer"] { max-width: none; padding: .8rem 2rem 0; }
.st-key-steps button:enabled kbd { color: inherit; opacity: .85; }
:has(> .st-key-answer) { background: light-dark(#FFF, #000); padding: .3rem 0 .5rem; }
.rr .head img.face { width: 40px; height: 40px; } .rr .head { padding-bottom: .3rem; }
.rr .head h1 { font-size: 1.05rem; }
.rr .quiet, .rr .code, .rr .chip { font-size: .8rem; }
.st-key-conversation { min-height: calc(100vh - 11.5rem); }
@media (max-width: 900px) { :root { font-size: 120%; }
  [data-testid="stMainBlockContainer"] { padding: .6rem .8rem 0; } }
</style>"""
