// Who JupyterHub says is at this browser, where its login counts: named on the page, or a link to log in. A passkey proves more, so it stays offered.
import type { DecisionPageData } from '../../../../contract/decide/decision-page.js';
import { visibleText } from '../../../../contract/base/escape.js';
import { make } from './element.js';

const PASSKEY = '?passkey';

export class HubPerson {
  readonly node = make('p', { class: 'login' });
  /** Who decides with the login; null: a passkey signs. */
  readonly name: string | null;

  constructor({ hub, passkeys }: Pick<DecisionPageData, 'hub' | 'passkeys'>) {
    const isPasskey = location.search === PASSKEY;
    this.name = isPasskey ? null : (hub ?? null);
    const secret = location.pathname.split('/').at(-2) ?? '';
    if (hub === undefined) {
      return;
    }
    if (this.name !== null) {
      this.node.append(
        `JupyterHub names you ${visibleText(this.name)}: your decision counts as authenticated. `,
        ...(passkeys.length > 0 ? [make('a', { href: PASSKEY, text: 'Sign with a passkey instead' })] : [])
      );
    } else {
      this.node.append(
        make('a', { href: `../hub/?to=${secret}`, text: 'Log in with JupyterHub' }),
        ' to decide without a passkey.'
      );
    }
  }
}
