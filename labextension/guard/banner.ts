// The banner above a run, in the slot that JupyterLab keeps for it: it never scrolls away.
import { Widget } from '@lumino/widgets';
import { makeElement } from '../page/element.js';
import type { Words } from '../page/words.js';
import type { BannerLook } from './banner-look.js';

export class Banner extends Widget {
  constructor(words: Words) {
    super({
      node: makeElement('div', {
        attributes: { role: 'group', 'aria-label': words.__('Where this run acts') }
      })
    });
    this.addClass('lb-Banner');
    this.hide();
  }

  draw(look: BannerLook | null): void {
    const drawn = JSON.stringify(look);
    if (drawn === this.drawn) {
      return;
    }
    this.drawn = drawn;
    this.setHidden(look === null);
    if (!look) {
      this.node.replaceChildren();
      return;
    }
    this.node.dataset['tone'] = look.tone;
    this.node.dataset['mode'] = look.mode;
    const swatch = makeElement('span', { class: 'lb-Banner-colour', attributes: { 'aria-hidden': 'true' } });
    if (look.colour !== '' && CSS.supports('color', look.colour)) {
      swatch.style.setProperty('--lb-environment', look.colour);
    }
    this.node.replaceChildren(
      swatch,
      ...[
        ['environment', look.environment],
        ['mode', look.modeText],
        ['release', look.release],
        ['kernel', look.kernel],
        ['broken', look.broken],
        ['weakened', look.weakened],
        ['driver', look.driver]
      ]
        .filter(([, text]) => text !== '')
        .map(([name, text]) => makeElement('span', { class: `lb-Banner-${name}`, text: text! }))
    );
  }

  private drawn = '';
}
