// The enrolment page: makes a passkey on this device and shows the line that a second person reviews. It sends nothing anywhere: a key is
// worth what the commit is worth that brought it.
import type { EnrolmentPageData } from '../../../../contract/decide/decision-page.js';
import { make, setText } from '../parts/element.js';
import { HandingOver } from '../parts/handing-over.js';
import { keepName, keptName } from '../parts/kept.js';
import { NameChoice } from '../parts/name-choice.js';
import { faultOfSurroundings, wordsOfRefusal } from '../parts/surroundings.js';
import { makePasskey, type NewPasskey } from './make-passkey.js';

export function showEnrolmentPage(main: HTMLElement, { rpId, origins, signers }: EnrolmentPageData): void {
  const name = new NameChoice(null, keptName());
  const error = make('p', { class: 'error', role: 'alert' });
  const button = make('button', { type: 'submit', class: 'approve', text: 'Make a passkey' });
  const done = make('section', { tabindex: '-1' });
  const form = make('form', { novalidate: '' }, name.node, error, make('p', { class: 'buttons' }, button));
  const barred = faultOfSurroundings(origins);
  setText(error, barred ?? '');
  button.disabled = barred !== null;
  done.hidden = true;
  form.addEventListener('submit', event => {
    event.preventDefault();
    const who = name.value();
    if (!/^[\w.@+-]+$/.test(who)) {
      setText(error, 'Write your username as launchbook.yml has it: letters, digits and . _ @ + - alone.');
      name.field()?.focus();
      return;
    }
    setText(error, '');
    button.disabled = true;
    makePasskey(who, rpId)
      .then(passkey => {
        keepName(who);
        form.hidden = true;
        done.hidden = false;
        done.replaceChildren(...drawPasskey(passkey, signers));
        done.focus();
      })
      .catch((fault: unknown) => setText(error, wordsOfRefusal(fault, rpId)))
      .finally(() => (button.disabled = false));
  });
  main.replaceChildren(
    make('p', { class: 'run', text: rpId }),
    make('h1', { text: 'Decide with this device' }),
    make('p', {
      text: 'A passkey stays on your device and signs your decisions with your finger, face or PIN. Nothing is sent from this page.'
    }),
    form,
    done
  );
}

function drawPasskey({ line, fingerprint }: NewPasskey, signers: string): Node[] {
  const token = new HandingOver('The line of your passkey');
  token.show(line);
  return [
    make('h2', { text: 'Your passkey is made' }),
    make('p', {
      text: `It counts when this line stands in ${signers} of the repository, by a reviewed change:`
    }),
    token.node,
    make('h2', { text: 'How to have it reviewed' }),
    make(
      'ol',
      {},
      make('li', {
        text: `Send the line to somebody who changes the repository, or add it at the end of ${signers} yourself.`
      }),
      make('li', {
        text: 'Read the fingerprint below to the reviewer, in person or by phone. They compare it with that of the line and approve the change.'
      }),
      make('li', { text: 'Enrol a second device the same way today: a lost phone then stops nothing.' })
    ),
    make('p', { class: 'words' }, make('strong', { text: fingerprint }))
  ];
}
