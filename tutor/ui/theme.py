"""The look of what Streamlit's own theme (.streamlit/config.toml) does not reach.

Colours come in pairs, `light-dark(light, dark)`: the browser takes the one of the page's
`color-scheme`, which Streamlit sets, so they follow the theme without a word from Python.
"""

from base64 import b64encode
from functools import cache

#: From this width on, the feedback stands beside the conversation; below, under it.
_WIDE = "1000px"


@cache
def picture(svg: str) -> str:
    """An SVG as a data URI, which Streamlit hands on; an SVG as such it reads through each time."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


STYLE = f"""<style>
:root, .stApp {{
  --ink: light-dark(#23302F, #E8E6DF); --muted: light-dark(#57625F, #AEB8B4);
  --line: light-dark(#E0D8CA, #3B4746); --card: light-dark(#FFFFFF, #1F2828);
  --mine: light-dark(#EDF5F4, #1D302F); --mine-line: light-dark(#C3DCD8, #35524F);
  --empty: light-dark(#E2DACD, #3A4544); --aside: light-dark(#F6F1E8, #1A2222);
  --teal: light-dark(#1A615D, #7FD0C8); --teal-bg: light-dark(#DFEFEC, #17403D);
  --blue: light-dark(#234C7E, #A3C7F3); --blue-bg: light-dark(#E2ECF8, #1D3553);
  --violet: light-dark(#533780, #CBB8F2); --violet-bg: light-dark(#EDE6F8, #382B55);
  --rose: light-dark(#8E2433, #F5A9B2); --rose-bg: light-dark(#FBE6E8, #4A1F27);
  --amber: light-dark(#744B00, #F0C878); --amber-bg: light-dark(#FFF1D6, #43330F);
  --serif: Georgia, "DejaVu Serif", "Times New Roman", serif;
}}
.rr {{ color: var(--ink); font-size: 1rem; line-height: 1.5; overflow-wrap: anywhere; }}
.rr p {{ margin: 0 0 .4rem; }} .rr p:last-child {{ margin-bottom: 0; }}
.rr h1, .rr h2, .rr h3 {{ font-family: var(--serif); font-weight: 700; line-height: 1.25;
  padding: 0; margin: 0 0 .5rem; color: var(--ink); letter-spacing: 0; }}
.rr h1 {{ font-size: 2rem; }} .rr h2 {{ font-size: 1.3rem; }}
.rr h3 {{ font-size: 1.05rem; }}
.rr .card h2, .rr [class^="bar-"] h2 {{ font-size: 1.05rem; }}
.rr .said {{ white-space: pre-wrap; }}
.rr .quiet {{ color: var(--muted); font-size: .9rem; }} .rr .who {{ color: var(--muted);
  font-size: .8rem; margin: 0; }}
.rr em.does {{ color: var(--muted); display: block; }}
.rr .card {{ background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: .85rem 1rem; margin: 0 0 .75rem; }}
[data-testid="stChatMessage"] {{ scroll-margin-top: 4rem; }}
.rr .card:last-child {{ margin-bottom: 0; }}
.rr .lead {{ font-size: 1.04rem; line-height: 1.45; font-weight: 600; }}
.rr .bar-rose, .rr .bar-amber, .rr .bar-teal, .rr .bar-blue {{ border-radius: 10px;
  padding: .65rem .85rem; margin: 0 0 .75rem; border-left: 4px solid; font-size: .95rem; }}
.rr .bar-rose {{ background: var(--rose-bg); border-color: var(--rose); }}
.rr .bar-amber {{ background: var(--amber-bg); border-color: var(--amber); }}
.rr .bar-teal {{ background: var(--teal-bg); border-color: var(--teal); }}
.rr .bar-blue {{ background: var(--blue-bg); border-color: var(--blue); }}
.rr .bar-rose:last-child, .rr .bar-amber:last-child, .rr .bar-teal:last-child,
.rr .bar-blue:last-child {{ margin-bottom: 0; }}
.rr mark {{ color: inherit; padding: 1px 3px; border-radius: 4px; -webkit-box-decoration-break:
  clone; box-decoration-break: clone; text-decoration: underline 2px; text-underline-offset: 4px; }}
.rr mark.seeing {{ background: var(--blue-bg); text-decoration-color: var(--blue); }}
.rr mark.acting {{ background: var(--teal-bg); text-decoration-color: var(--teal); }}
.rr mark.feeling {{ background: var(--violet-bg); text-decoration-color: var(--violet); }}
.rr mark.misstep {{ background: var(--rose-bg); text-decoration: underline wavy
  1.5px var(--rose); }}
.rr .code {{ display: inline-block; font-size: .72rem; font-weight: 700; line-height: 1.2;
  margin-left: .35rem; vertical-align: .28em; white-space: nowrap; }}
.rr .code.seeing {{ color: var(--blue); }} .rr .code.acting {{ color: var(--teal); }}
.rr .code.feeling {{ color: var(--violet); }} .rr .code.misstep {{ color: var(--rose); }}
.rr .chip {{ display: inline-block; font-size: .72rem; font-weight: 600; padding: 0 .5em;
  border-radius: 8px; white-space: nowrap; color: var(--teal); background: var(--teal-bg); }}
.rr .chip.later {{ color: var(--muted); background: none; border: 1px solid var(--line); }}
.rr ul.ladder {{ list-style: none; margin: 0; padding: 0; font-size: .92rem; }}
.rr ul.ladder li {{ display: grid; grid-template-columns: 1fr 4.6rem 4.6rem; gap: .5rem;
  align-items: center; margin: 0; padding: .14rem 0; }}
.rr ul.ladder .now {{ font-weight: 700; }} .rr ul.ladder .later {{ color: var(--muted); }}
.rr ul.ladder .level {{ font-size: .82rem; color: var(--muted); text-align: right; }}
.rr .steps {{ display: flex; gap: 4px; }}
.rr .steps i {{ flex: 1; height: 9px; border-radius: 5px; background: var(--empty); }}
.rr .steps i.on {{ background: var(--teal); }}
.rr .alliance {{ display: flex; gap: .7rem; align-items: center; }}
.rr .alliance figure {{ flex: 1; margin: 0; }} .rr .alliance img {{ width: 100%; display: block; }}
.rr .alliance figcaption {{ display: flex; justify-content: space-between; color: var(--muted);
  font-size: .75rem; }}
.rr .alliance ul {{ list-style: none; margin: 0; padding: 0; font-size: .9rem; }}
.rr .alliance li {{ margin: 0; padding: .1rem 0; white-space: nowrap; font-weight: 600; }}
.rr .alliance .bond {{ color: var(--blue); }} .rr .alliance .goals {{ color: var(--violet); }}
.rr .alliance .tasks {{ color: var(--teal); }}
.rr table {{ border-collapse: collapse; width: 100%; font-size: .92rem; margin: 0 0 .8rem; }}
.rr table caption {{ text-align: left; color: var(--muted); font-size: .85rem; }}
.rr th, .rr td {{ text-align: left; padding: .25rem .6rem .25rem 0; border: 0;
  border-bottom: 1px solid var(--line); font-weight: 400; vertical-align: top;
  overflow-wrap: normal; }}
.rr thead th {{ font-weight: 700; }}
.rr details {{ border: 1px solid var(--line); border-radius: 12px; padding: .5rem .9rem; }}
.rr details summary {{ cursor: pointer; color: var(--teal); font-size: .92rem; }}
.rr details[open] summary {{ margin-bottom: .6rem; }}
.rr .bubble {{ background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: .5rem .85rem; margin: 0 3rem .5rem 0; }}
.rr .bubble.me {{ background: var(--mine); border-color: var(--mine-line);
  margin: 0 0 .5rem 3rem; }}
.rr .head {{ display: flex; gap: .9rem; align-items: center; border-bottom: 1px solid var(--line);
  padding-bottom: .7rem; }}
.rr .head h1 {{ font: 700 1.3rem/1.2 var(--serif); margin: 0; padding: 0; color: var(--ink);
  letter-spacing: 0; }}
.rr .head .where {{ margin-left: auto; text-align: right; white-space: nowrap; }}
.rr img.face {{ width: 52px; height: 52px; border-radius: 50%; flex: none; }}
.rr .aftermath {{ text-align: center; font-size: .85rem; color: var(--muted); }}
.rr .tries {{ display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-bottom: .6rem; }}
.rr .tries > div {{ border: 1px solid var(--line); border-radius: 10px; padding: .6rem .8rem; }}
.rr .join-code {{ font: 700 2rem/1.2 ui-monospace, "DejaVu Sans Mono", monospace;
  letter-spacing: .12em; margin: 0; }}
.rr .wide {{ overflow-x: auto; }} .rr .whole {{ white-space: nowrap; }}
.rr .share {{ display: inline-block; width: 7rem; height: 9px; border-radius: 5px;
  background: var(--empty); overflow: hidden; vertical-align: middle; margin-right: .5rem; }}
.rr .share i {{ display: block; height: 100%; background: var(--teal); }}
.rr .facts {{ font-size: .9rem; color: var(--muted); margin: .1rem 0 .5rem; }}

.st-key-conversation [data-testid="stChatMessage"] {{ background: var(--card);
  border: 1px solid var(--line); border-radius: 14px; padding: .6rem .9rem; width: fit-content;
  max-width: 92%; }}
.st-key-conversation [data-testid="stChatMessage"][aria-label$="You"],
.st-key-conversation [data-testid="stChatMessage"]:has([aria-label$="You"]) {{
  background: var(--mine); border-color: var(--mine-line); margin-left: auto; }}
.st-key-conversation [data-testid="stChatMessage"] img {{ border-radius: 50%; }}
.st-key-scenarios {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr));
  gap: 1rem; }}
.st-key-scenarios > div, .st-key-scenarios [class*="st-key-scenario-"] {{ height: 100%; }}
.st-key-scenarios [class*="st-key-scenario-"] > :first-child {{ flex: 1; }}
.st-key-ways button {{ min-height: 2.4rem; padding: .3rem .7rem; }}
[data-testid="stMainBlockContainer"] {{ padding-top: 2.75rem; max-width: 1500px; }}
[data-testid="stMainBlockContainer"]:has(.st-key-answer) {{ padding-bottom: 0; }}
:has(> .st-key-notice) {{ position: sticky; top: 1rem; z-index: 60; }}
:has(> .st-key-answer) {{ position: sticky; bottom: 0; z-index: 50; padding: .5rem 0 1rem;
  background: light-dark(#FBF8F3, #161D1D); }}
@media (min-width: {_WIDE}) {{
  [data-testid="stMainBlockContainer"]:has(.st-key-feedback) {{ padding-left: 2rem;
    padding-right: 28.5rem; }}
  .st-key-conversation {{ min-height: calc(100vh - 10rem); }}
  .st-key-conversation > * {{ scroll-margin-bottom: 8rem; }}
  .st-key-feedback {{ position: fixed; top: 0; right: 0; bottom: 0; width: 27rem; overflow-y: auto;
    padding: 1.25rem 1.25rem 0; background: var(--aside); border-left: 1px solid var(--line);
    z-index: 100; }}
  .st-key-feedback > :has(> .st-key-ways) {{ position: sticky; bottom: 0; z-index: 1;
    background: var(--aside); border-top: 1px solid var(--line); padding: .6rem 0; }}
  .st-key-feedback .rr {{ font-size: .95rem; }}
}}
@media (max-width: 640px) {{
  [data-testid="stMainBlockContainer"] {{ padding: 3.5rem .9rem 1rem; }}
  :has(> .st-key-notice) {{ top: 4rem; }}
  .rr .head {{ flex-wrap: wrap; }} .rr .head .where {{ margin-left: 0; text-align: left; }}
  .rr .head > :nth-child(2) {{ flex: 1; }} .rr .head .where {{ flex-basis: 100%; }}
  .rr .tries {{ grid-template-columns: 1fr; }} .rr table {{ font-size: .8rem; }}
  .st-key-conversation [data-testid="stChatMessage"] {{ max-width: 100%; }}
}}
</style>"""

#: The name of the product, drawn; the teal is legible on both papers.
LOGO = picture(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 32" width="200" height="32">'
    '<text x="0" y="23" font-family="Georgia, DejaVu Serif, serif" font-weight="700" '
    'font-size="20" fill="#2B837D">Rupture &amp; Repair</text></svg>'
)

#: The picture in the browser's tab, bundled: Streamlit would fetch a named one over the network.
ICON = picture(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="8" fill="#1F6F6B"/><path d="M8 20c4 0 5-8 8-8s4 8 8 8" fill="none" stroke="#FBF8F3" '
    'stroke-width="3" stroke-linecap="round"/></svg>'
)
