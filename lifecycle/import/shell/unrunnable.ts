// Commands that no step can run as they stand: each with the reason and what to write instead. Nothing of it is applied.
import { lookalikeFault } from '../../../runbook/shell/refused-signs.js';
import { asciiOf, lookalikeIn } from './lookalikes.js';
import { withoutDocuments } from './here-documents.js';
import { excerpt } from '../document/short-text.js';
import { isCommand, linesOutsideOfDocuments } from './prompts.js';

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
  if (/(?:^|\s)\.\.\.(?:\s|$)|^[^'"#\n]*…/m.test(text)) {
    return refused('an ellipsis stands for something that is left out', 'write the whole command');
  }
  const continued = /^.*\\(?:[ \t]+(?:#.*)?$|[ \t]*(?![^]))/m.exec(withoutDocuments(text))?.[0];
  if (continued !== undefined) {
    return refused(
      'a backslash that stands before blanks, a comment or the end continues no line',
      'let the backslash be the last sign of its line, and a line follow it'
    );
  }
  const quoted = linesOutsideOfDocuments(text).find(
    line => /^\s*>\s+\S/.test(line) && isCommand(line.replace('>', ' '))
  );
  if (quoted !== undefined) {
    return refused(
      `“${excerpt(quoted)}” empties a file to a shell, and may be a prompt`,
      'write “$ ” before what is typed'
    );
  }
  const foreign = text.split('\n').find(line => FOREIGN_PROMPT.test(line));
  if (foreign !== undefined) {
    return refused(
      `“${excerpt(foreign)}” is typed into another program than a shell`,
      'give the text to that program with a command, or by hand'
    );
  }
  const [, variable = ''] = /^\s*\$([a-z][\w-]*)/m.exec(text) ?? [];
  return isCommand(variable)
    ? refused(
        `$${variable} is a variable to a shell, and may be a prompt with a command`,
        `write “$ ${variable}”, with a blank`
      )
    : null;
}

/** Of databases and interpreters, and of the shells of Windows. */
const FOREIGN_PROMPT =
  /^\s*(?:(?:mysql|mariadb|sqlite|psql|postgres|mongo\w*|redis|s?ftp|gdb|lldb|iex|cqlsh\S*|hbase\S*|spark\S*|beeline|presto\S*|trino\S*|influx)\b(?:[^\n<>]{0,40}[^\s<>])?>\s|[\w-]+[=-][#>]\s|\w+\(main\)|In \[\d+\]:|>>> |(?:PS )?[A-Z]:\\[^>\n]*>)/i;

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
  if (/(?:^|\s)!(?:!|\$|-\d)(?=\s|$)|^\^[^^\n]+\^/.test(unquoted)) {
    return refused('it repeats what somebody has typed before', 'write the whole command');
  }
  if (/^\s*-/.test(text)) {
    return refused(
      'a line begins with an option, so it belongs to the line before',
      'end the line before with a backslash, without an empty line behind it'
    );
  }
  const found = unrunnable(text);
  return found === null ? null : { ...found, isRefused: false };
}

/** True for a command that opens another shell: as another user, on another machine, in a container. */
export function opensShell(text: string): boolean {
  return unrunnable(text)?.reason.includes(FOLLOWS) === true;
}

function unrunnable(text: string): Pick<ByHand, 'reason' | 'proposal'> | null {
  const written = text.trim();
  const command = written
    .replace(/^(?:[A-Za-z_]\w*=\S*\s+)+(?=\S)/, '')
    .replace(/^(?:sudo(?:\s+(?:-[ughpCDRTU]\s+\S+|-\S+))*|env|time|exec)\s+(?=\S)/, '');
  const [, reason, proposal] =
    UNRUNNABLE.find(([pattern]) => pattern.test(command) || pattern.test(written)) ?? [];
  const [program = ''] = command.split(/\s+/);
  return reason === undefined ? null : { reason: reason.replace('%', program), proposal: proposal! };
}

const FOLLOWS = 'what follows is typed';
const TYPES = '% waits for somebody to type';
const ASKS = '% asks before it does it';
const ENDLESS = '% never ends by itself';
const WAIT = 'poll() or soak() with a time and what is expected';
const START = 'start it in the background of its machine, or background(name, () => $`…`)';

/** What a command that stands where a person types would wait for. `%` is its program. */
const UNRUNNABLE: readonly (readonly [command: RegExp, reason: string, proposal: string])[] = [
  [
    /^(?:\$\{?(?:EDITOR|VISUAL|PAGER)\b|vim?|nano|emacs|less|more|man|h?top|k9s|vipw|visudo|irb|ipython|mc|nmtui|passwd|screen|tmux(?! new\b[^\n]* -d))\b(?![^\n]* (?:-b|-version|--version|-dm?S?|--stdin)\b)/,
    TYPES,
    'do it by hand, or change the file with a command'
  ],
  [/^psql\b(?![^\n]*(?: (?:-[a-zA-Z]*[cflV]|--(?:command|file|list|version))|<))/, TYPES, "psql -c '…'"],
  [/^mysql\b(?![^\n]*(?: (?:-[a-zA-Z]*[eV]|--(?:execute|version))|<))/, TYPES, "mysql -e '…'"],
  [/^redis-cli\b(?![^\n]*(?: [a-zA-Z]{3,}|<))/, TYPES, 'redis-cli COMMAND'],
  [
    /^(?:python3?|node|ruby|(?:ba|z)?sh|mongo(?:sh)?|cqlsh|influx)\s*$/,
    TYPES,
    'give it a script or a command'
  ],
  [/^sqlite3 [^\s<|-]+\s*$/, TYPES, 'sqlite3 FILE COMMAND'],
  [
    /^(?:s?ftp|telnet|fdisk|gdb|read|select)\b(?![^\n]*(?: -(?:b|batch|l)\b|<))/,
    TYPES,
    'do it by hand, or a parameter'
  ],
  [/^php artisan tinker\b/, TYPES, "php artisan tinker --execute='…'"],
  [
    /^(?:sudo\b[^\n;|&]*\s(?:-[is]|su)|su)(?:\s+-?\s*[\w-]*)?\s*$/,
    `${FOLLOWS} by another user`,
    'sudo -u USER COMMAND, or a command over ssh'
  ],
  [
    /^(?:exit|logout)\s*$/,
    '% ends the shell that somebody has opened',
    'leave it out: no step has a shell that stays open'
  ],
  [/^(?:bin\/)?rails (?:c|console|dbconsole)\b/, TYPES, "rails runner '…'"],
  [/^(?:kubectl|oc) (?:[^\n]* )?edit\b/, TYPES, 'kubectl patch or apply'],
  [/^crontab (?:[^\n]* )?-e\b/, TYPES, 'crontab FILE'],
  [
    /^git (?:rebase (?:[^\n]* )?(?:-i|--interactive)|add (?:[^\n]* )?(?:-p|-i|--patch)|commit(?![^\n]* (?:-[a-zA-Z]*[mFC]|--(?:message|file|no-edit|fixup|reuse-message))))\b/,
    TYPES,
    'git … with --message, --no-edit or a plan in a file'
  ],
  [
    /^(?:mysql\w*|mariadb\S*)\b[^\n]* (?:-p(?=\s|$)|--password(?=\s|$))/,
    '% asks for a password',
    'a file with it (--defaults-extra-file), or its environment'
  ],
  [
    /^(?:ansible\S*\b[^\n]* (?:-K|-k|--ask-\S+)|aws configure(?! \w)|ssh-keygen(?![^\n]* -[a-zA-Z]*[NlFRy])|vault operator unseal\s*$|[a-z][\w-]*(?: (?:auth|registry|account))? login\b(?![^\n]* (?:-(?:p|u)\b|--(?:password|token|with-token|service-principal|identity|cred-file|username)\S*|-?method=|role_id)))/,
    ASKS,
    'do it by hand before the run, or with a secret'
  ],
  [/^git tag (?:-[as] )(?![^\n]* (?:-[a-z]*[mF]|--(?:message|file)))/, TYPES, 'git tag with -m'],
  [
    /^(?:pip3? uninstall(?![^\n]* (?:-y|--yes)\b)|rm (?:-[a-zA-Z]*i))/,
    ASKS,
    'the same with -y, or without -i'
  ],
  [
    /^(?:terraform|tofu) (?:apply|destroy)\b(?![^\n]* (?:-auto-approve|[^-\s]\S*\s*$))/,
    ASKS,
    '-auto-approve, or the plan in a file'
  ],
  [
    /^(?:apt|apt-get|yum|dnf) (?:[^\n]* )?(?:install|upgrade|dist-upgrade|remove)\b(?<! -y .*)(?![^\n]* (?:-\w*y|--yes|--assumeyes)\b)/,
    ASKS,
    'the same with -y'
  ],
  [
    /^(?:(?:docker(?:-compose)?|podman|kubectl|oc|nerdctl|crictl) (?:[^\n]* )?(?:exec|run|debug)\b[^\n]* (?:\/bin\/)?(?:ba|da|a|z)?sh|oc rsh \S+|chroot \S+|nsenter\b[^\n]*)\s*$/,
    `${TYPES}: it opens a shell, and ${FOLLOWS} there`,
    'the command that is typed there behind it, without -it'
  ],
  [
    /^(?:docker(?:-compose)?|podman|kubectl|oc|nerdctl|crictl) (?:[^\n]* )?(?:exec|run|attach|debug)\b[^\n]* (?:-[a-zA-Z]*(?:it|ti)[a-zA-Z]*|--tty)\b/,
    TYPES,
    'the same without -it, when the command in it ends by itself'
  ],
  [
    /^ssh\b(?:\s+-\S+(?:\s+(?!-)[^\s@]+(?=\s+\S))?)*\s+[^\s<]+\s*$/,
    `ssh opens a shell on another machine, and ${FOLLOWS} there`,
    "await $.ssh('host')`…`"
  ],
  [/^(?:watch|yes|tcpdump(?![^\n]* -c)|ping(?![^\n]* -[a-zA-Z]*[cw])|sleep\s+inf\w*)\b/, ENDLESS, WAIT],
  [/^(?:tail|journalctl)\b[^\n]* (?:-[a-zA-Z0-9]*[fF][a-zA-Z0-9]*|--follow)(?![\w-])/, ENDLESS, WAIT],
  [
    /^(?:docker|docker-compose|podman|nerdctl|kubectl|oc) (?:[^\n]* )?logs\b[^\n]* (?:-[a-zA-Z]*f|--follow)(?![\w-])/,
    ENDLESS,
    WAIT
  ],
  [
    /^(?:(?:kubectl|oc) (?:[^\n]* )?get\b[^\n]* (?:-w|--watch)(?![\w-])|stern |docker (?:events|stats(?![^\n]* --no-stream)))/,
    ENDLESS,
    WAIT
  ],
  [/^(?:kubectl|oc) (?:[^\n]* )?(?:port-forward|proxy)\b/, ENDLESS, START],
  [
    /^(?:docker compose|docker-compose) (?:[^\n]* )?up\b(?![^\n]* (?:-d|--detach|--wait)\b)/,
    ENDLESS,
    'docker compose up --wait'
  ],
  [
    /^(?:npm (?:start|run (?:dev|start|serve|watch))|yarn (?:dev|start)|(?:bin\/)?rails (?:s|server)|python3? -m http\.server|flask run)\b/,
    ENDLESS,
    START
  ]
];

function refused(reason: string, proposal: string): ByHand {
  return { reason, proposal, isRefused: true };
}
