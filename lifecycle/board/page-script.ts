// The script of the board's page. It shows what the server has written and says when the connection to it is lost, so that nobody
// takes an old board for a live one.
export const BOARD_SCRIPT = `'use strict';
const line = document.getElementById('line');
const said = document.getElementById('said');
const spoken = new Map();
const events = new EventSource('events');

function tell(text, isBroken) {
  line.textContent = text;
  document.documentElement.classList.toggle('is-cut', isBroken);
}

function clock() {
  return new Date().toISOString().slice(11, 19) + ' UTC';
}

events.addEventListener('open', () => tell('Connected since ' + clock(), false));
events.addEventListener('error', () =>
  tell('No connection since ' + clock() + '; what you see may be old', true)
);
events.addEventListener('part', event => {
  const part = JSON.parse(event.data);
  let place = document.getElementById(part.id);
  if (!place) {
    place = document.createElement('section');
    place.id = part.id;
    document.querySelector('main').prepend(place);
  }
  if (place.innerHTML.trim() !== part.html) {
    const read = place.querySelector('.acts')?.scrollTop ?? 0;
    place.innerHTML = part.html;
    place.querySelector('.acts')?.scrollTo(0, read);
  }
  if (spoken.has(part.id) && spoken.get(part.id) !== part.said) {
    said.textContent = part.said;
  }
  spoken.set(part.id, part.said);
  const colors = [...document.querySelectorAll('article.run')].map(run => run.className);
  const worst = ['red', 'amber', 'green'].find(color => colors.some(name => name.includes('is-' + color)));
  document.title = ({ red: '✗ ', amber: '▲ ', green: '✓ ' }[worst] || '') + 'Launchbook board';
});
events.addEventListener('gone', event => {
  const { id } = JSON.parse(event.data);
  document.getElementById(id)?.remove();
  spoken.delete(id);
});
`;
