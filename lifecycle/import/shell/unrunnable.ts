// Commands that no step can run as they stand: each with the reason and what to write instead. Nothing of it is applied.
import { lookalikeFault } from '../../../runbook/shell/refused-signs.js';
import { asciiOf, lookalikeIn } from './lookalikes.js';

/** Why a block is left to a person. */
export interface ByHand {
  readonly reason: string;
  readonly proposal: string;
  /** True: the source is at fault, and importing it as it reads would change what it does. */
  readonly isRefused: boolean;
}

/** What is wrong with the text of a block before the grammar reads it, or null. */
export function faultOfText(text: string): ByHand | null {
  const sign = lookalikeIn(text);
  if (sign !== null) {
    return refused(
      `${lookalikeFault(sign)!.replace(/;.*/, '').replace(/\.$/, '')}`,
      `did the source mean: ${asciiOf(text)
        .trim()
        .replace(/\s*\n\s*/g, ' ⏎ ')
        .slice(0, 200)}`
    );
  }
  const twice = /(?<![<\w])<[A-Za-z][\w.-]*>[A-Za-z0-9_$]\S*/.exec(text)?.[0];
  if (twice !== undefined && !/<</.test(text)) {
    return refused(
      `${twice} is two redirections to a shell, and may be a gap to fill in`,
      `for redirections write spaces: ${twice.replace('>', ' > ').replace('<', '< ')}; for a gap write it in quotes`
    );
  }
  return /(?:^|\s)(?:\.\.\.|…)(?:\s|$)/m.test(text)
    ? refused('an ellipsis stands for something that is left out', 'write the whole command')
    : null;
}

/** What keeps one statement from being a step, or null. */
export function faultOfStatement(text: string, isBackground: boolean): ByHand | null {
  if (isBackground) {
    return refused(
      'a command in the background (&) has no end that a step could wait for',
      'background(name, () => $`…`) says who ends it'
    );
  }
  const unquoted = text.replace(/'[^']*'|"(?:\\[^]|[^"\\])*"/g, part => part.replace(/[$]/g, ' '));
  if (/\brm\s+(?:-\S+\s+)*-\w*r\w*[^;&|\n]*\$/.test(unquoted)) {
    return refused(
      'rm -r of a variable without quotes removes something else when it is empty',
      'rm -r -- "${NAME:?}"'
    );
  }
  const [first = '', ...rest] = text
    .trim()
    .replace(/^(?:sudo(?:\s+-\S+)*|env|time)\s+/, '')
    .split(/\s+/);
  const words = ` ${rest.join(' ')} `;
  const interactive = INTERACTIVE.find(([programs, allowed]) => programs.test(first) && !allowed.test(words));
  if (interactive) {
    return { reason: `${first} waits for somebody to type`, proposal: interactive[2], isRefused: false };
  }
  if (first === 'ssh' && rest.filter(word => !word.startsWith('-')).length < 2 && rest.length < 3) {
    return {
      reason: 'ssh opens a shell on another machine, and what follows is typed there',
      proposal: "await $.ssh('host')`…`",
      isRefused: false
    };
  }
  const endless =
    first === 'watch' ||
    (/^(?:tail|kubectl|docker|docker-compose|journalctl|stern)$/.test(first) &&
      / (?:-[a-zA-Z]*[fFw]|--follow|--watch)(?:[ =]|$)/.test(words) &&
      !/ (?:apply|create|delete|replace|rm|build|exec|diff|kustomize|compose) /.test(words)) ||
    / port-forward /.test(words);
  return endless
    ? {
        reason: `${first} never ends by itself`,
        proposal: 'poll() or soak() with a time and what is expected',
        isRefused: false
      }
    : null;
}

const INTERACTIVE: readonly (readonly [programs: RegExp, allowed: RegExp, proposal: string])[] = [
  [
    /^(?:vim?|nano|emacs|less|more|h?top|k9s|visudo|irb|ipython)$/,
    / (?:-b|-version|--version) /,
    'do it by hand, or change the file with a command'
  ],
  [/^psql$/, / -[a-zA-Z]*[cflV]|--(?:command|file|list|version)/, "psql -c '…'"],
  [/^mysql$/, / -[a-zA-Z]*[eV]|--(?:execute|version)/, "mysql -e '…'"],
  [/^redis-cli$/, / [a-zA-Z]{3,}/, 'redis-cli COMMAND'],
  [/^(?:python3?|node|ruby|bash|sh|zsh)$/, /\S/, 'give it a script or a command'],
  [/^su$/, / -c |--command/, 'sudo -u USER COMMAND, or a command over ssh'],
  [/^(?:rails|bin\/rails)$/, /^ (?!c |console )/, "rails runner '…'"]
];

function refused(reason: string, proposal: string): ByHand {
  return { reason, proposal, isRefused: true };
}
