// The look of the board: legible from across a room, in the light and in the dark, and without colours too.
export const BOARD_STYLE = `:root {
  color-scheme: light dark;
  --ground: #f6f7f9;
  --card: #ffffff;
  --text: #16191d;
  --faint: #565d66;
  --rule: #d9dde3;
  --red: #b3261e;
  --amber: #8a5300;
  --green: #17692f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111417;
    --card: #1a1f24;
    --text: #eef1f4;
    --faint: #a4adb8;
    --rule: #323a43;
    --red: #ff8a80;
    --amber: #ffc266;
    --green: #7fdc9a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  padding: clamp(1rem, 2vw, 2.5rem);
  background: var(--ground);
  color: var(--text);
  font: clamp(1rem, 0.8rem + 0.6vw, 1.5rem) / 1.45 system-ui, sans-serif;
}
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; margin-bottom: 1rem; }
h1 { margin: 0; font-size: 1em; font-weight: 600; color: var(--faint); }
#line { margin: 0; color: var(--faint); font-size: 0.85em; }
.is-cut #line { color: var(--red); font-weight: 600; }
.is-cut main { opacity: 0.6; }
section:has(.is-red) { order: -2; }
section:has(.is-amber) { order: -1; }
main { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(34rem, 100%), 1fr)); }
.run { background: var(--card); border: 1px solid var(--rule); border-top: 0.4rem solid var(--tone); border-radius: 0.4rem; padding: 1rem 1.25rem 1.25rem; height: 100%; }
.is-red { --tone: var(--red); }
.is-amber { --tone: var(--amber); }
.is-green { --tone: var(--green); }
h2 { margin: 0 0 0.25rem; font-size: 1.5em; line-height: 1.2; }
.health { margin: 0 0 1rem; font-size: 1.1em; }
.health strong { color: var(--tone); margin-right: 0.4em; text-transform: capitalize; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0 0 1rem; }
dt { color: var(--faint); }
dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
thead { display: none; }
th, td { padding: 0.35rem 0.5rem 0.35rem 0; border-top: 1px solid var(--rule); text-align: left; vertical-align: baseline; font-weight: 400; }
tbody td:last-child { color: var(--faint); text-align: right; text-wrap: balance; padding-right: 0; }
.is-failed td, .is-rejected td, .is-inconclusive td { color: var(--red); }
.is-waiting th, .is-waiting td, .is-running th, .is-running td { font-weight: 600; }
.is-waiting td:nth-child(2), .is-stale td:nth-child(2) { color: var(--amber); }
.is-passed td:nth-child(2) { color: var(--green); }
.is-locked th, .is-not-started th { color: var(--faint); }
@media (max-width: 30rem) {
  .run { padding: 0.75rem 1rem 1rem; }
  h2 { font-size: 1.25em; }
  table { font-size: 0.85em; }
  td:nth-child(2) { white-space: nowrap; }
}
h3 { margin: 1.25rem 0 0.25rem; font-size: 1em; font-weight: 400; color: var(--faint); }
.acts { list-style: none; margin: 0; padding: 0; max-height: 20em; overflow-y: auto; font-size: 0.8em; }
.acts li { display: grid; grid-template-columns: max-content 1fr; gap: 0.75rem; padding: 0.3rem 0; border-top: 1px solid var(--rule); overflow-wrap: anywhere; }
.acts time { color: var(--faint); font-variant-numeric: tabular-nums; }
.acts .is-deviation span { font-weight: 600; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; margin: 0; }
`;
