// Which lines of a block are typed and which were printed. With prompts the prompts say it; without, only the words do.
import { excerpt } from '../document/short-text.js';
import { withoutDocuments } from './here-documents.js';
import { literalOf } from './literal.js';

/** A block divided at its prompts. */
export interface Typed {
  /** The lines that are typed, without prompts. */
  readonly commands: string;
  /** What was printed, or null. */
  readonly output: string | null;
  /** What the prompts say of who types, and where: each a reason to look. */
  readonly guesses: readonly string[];
  readonly hasPrompts: boolean;
  /** There are prompts, and the first line has none. */
  readonly isMixed: boolean;
}

const PROMPT =
  /^\s*(?:\(\w+\)\s*)?(?:\[?([\w-]+)@([\w.-]+)[^$#%\n]{0,60}[$#%]|((?:ba|da|k|z)?sh-[\d.]+)[$#%]|([\w.-]+):[~/][^\s$#%]*\s?[$#%]|[$%❯➜])\s+(?=\S)/u;
const ROOT = /^\s*#\s+(?=(\S+))/;

/** Takes the prompts of a block away. */
export function typedIn(text: string): Typed {
  const lines = text.split('\n');
  const outside = linesOutsideOfDocuments(text).filter(line => line.trim() !== '' && !/^\s*#/.test(line));
  const prompts = outside.filter(line => PROMPT.test(line));
  const isRoot = prompts.length === 0 && lines.some(isRootPrompt) && !lines.some(line => isCommand(line));
  if (prompts.length === 0 && !isRoot) {
    return { commands: text, output: null, guesses: [], hasPrompts: false, isMixed: false };
  }
  const commands: string[] = [];
  const output: string[] = [];
  let host: string | null = null;
  let shell: string | null = null;
  let comment: string | null = null;
  const written = new Set<string>();
  let goesOn = false;
  let depth = 0;
  let heredoc = '';
  for (const line of lines) {
    const match = isRoot ? (isRootPrompt(line) ? ROOT.exec(line) : null) : PROMPT.exec(line);
    const typed = match ? line.slice(match[0].length) : line.replace(/^\s*> /, '');
    if (match || goesOn || heredoc !== '') {
      if (match && /\w/.test(match[0])) {
        written.add(match[0].trim());
      }
      host ??= (isRoot ? undefined : (match?.[2] ?? match?.[4])) ?? null;
      shell ??= (isRoot ? undefined : match?.[3]) ?? null;
      const isBody = heredoc !== '' && !match;
      commands.push(isBody ? line.replace(/^> /, '') : typed);
      heredoc = isBody
        ? typed.trim() === heredoc
          ? ''
          : heredoc
        : (/<<-?\s*['"]?(\w+)/.exec(typed)?.[1] ?? '');
      depth += heredoc !== '' ? 0 : opened(typed);
      goesOn = heredoc === '' && (depth > 0 || /(?:\\|\||&&)$/.test(typed.trimEnd()));
    } else if (/^\s*#/.test(line) || (line.trim() === '' && output.length === 0)) {
      commands.push(line);
      comment ??= isRootPrompt(line) ? line.trim() : null;
    } else {
      output.push(line);
    }
  }
  const printed = output.join('\n').trimEnd();
  const shown = [...written].map(prompt => `“${prompt}”`).join(', ');
  return {
    commands: commands.join('\n'),
    output: printed === '' ? null : printed,
    guesses: [
      ...(host === null
        ? []
        : [
            `the prompt names the machine ${host} (${shown}), and this runs where the notebook runs; there it is $.ssh(${literalOf(host)})`
          ]),
      ...(shell === null
        ? []
        : [`the prompt is that of the shell ${shell}, which was started by hand, perhaps in a container`]),
      ...(written.size > 0 && host === null && shell === null
        ? [`the prompt ${shown} says what is set there and not here`]
        : []),
      ...(isRoot
        ? ['“# ” before a program is read as the prompt of root, and this runs as who runs the notebook']
        : []),
      ...(comment === null ? [] : [`“${excerpt(comment)}” may be typed by root, and is a comment here`])
    ],
    hasPrompts: true,
    isMixed: !isRoot && !PROMPT.test(outside[0] ?? '')
  };
}

/** How many loops and conditions a line begins more than it ends. */
function opened(line: string): number {
  const count = (words: RegExp): number => line.match(words)?.length ?? 0;
  return count(/(?:^|[;\s])(?:do|then)(?=\s|$)/g) - count(/(?:^|[;\s])(?:done|fi|elif)(?=[;\s|>]|$)/g);
}

/** Without the lines of here-documents and of quotations, which are data. */
export function linesOutsideOfDocuments(text: string): string[] {
  return withoutDocuments(text)
    .replace(/\s*\\\n\s*/g, ' ')
    .replace(/'[^']*'|"(?:\\[^]|[^"\\])*"/g, quoted => quoted.replace(/\n/g, ' '))
    .split('\n');
}

function isRootPrompt(line: string): boolean {
  return PROGRAMS.test(ROOT.exec(line)?.[1] ?? '');
}

/** True when a line begins with a program that everybody knows. */
export function isCommand(line: string, programs: ReadonlySet<string> = NONE): boolean {
  const first = programOf(line);
  return /^\s*sudo\s+[a-z-]/.test(line) || PROGRAMS.test(first) || programs.has(first);
}

const NONE: ReadonlySet<string> = new Set();

function programOf(line: string): string {
  const [first = ''] = line
    .trim()
    .replace(/^(?:sudo(?:\s+-\S+)*|time|env|nohup)\s+/, '')
    .replace(/^(?:[A-Z_]\w*=\S*\s+)+/, '')
    .split(/\s+/);
  return first;
}

/** The programs that a block of shell begins with, at its prompts or at its first line. */
export function programsOf(text: string): string[] {
  const { commands, hasPrompts } = typedIn(text);
  return linesOutsideOfDocuments(commands)
    .filter(line => /^\s*[^\s#]/.test(line))
    .slice(0, hasPrompts ? undefined : 1)
    .map(programOf)
    .filter(program => /^[a-z][\w.-]*$/.test(program));
}

/** True for a block without a language whose first line of code is a command, and that has no line of output before it. */
export function looksTyped(text: string, programs: ReadonlySet<string> = NONE): boolean {
  const lines = text.split('\n').filter(line => line.trim() !== '' && !/^\s*#/.test(line));
  const [first = ''] = lines;
  return (
    PROMPT.test(first) ||
    isCommand(first, programs) ||
    OPTION.test(first) ||
    (lines.length === 0 && text.split('\n').some(isRootPrompt))
  );
}

/** The first line that reads as something that was printed: a row of a table, a log line, an error; or null. */
export function printedLine(lines: readonly string[]): string | null {
  return (
    lines.find(line => {
      const text = line.trim();
      const isRow = /^[^'"#]*\S {2,}\S+ {2,}\S/.test(text) && !isCommand(text);
      return (
        !isCommand(text) &&
        (isRow || /^[A-Z][A-Z0-9_-]{1,}(?: +[A-Z][A-Z0-9()/_-]*)+$/.test(text) || PRINTED.test(text))
      );
    }) ?? null
  );
}

/** How rows, log lines, messages, answers of HTTP and of kubectl begin. A program in capitals is rare, one with a small letter behind is none. */
const PRINTED =
  /^(?:\d{4}-\d\d-\d\d|\d\d:\d\d|[}\]|+]|\{(?! \w)|\[(?![[ ])|[-=]{3,}|[✔✓✗●]|(?:error|ERROR|WARN|INFO|FATAL)\b|[\w-]+:\s|"[^"]*":|\d+\s+\w+|HTTP\/\d|https?:\/\/|\w+:\w+ |[-dlcbps][-rwxsStT]{9}|total \d+$|[A-Z][a-z]+ (?!-)\S|[\w.]+[/ ]\S+ (?:created|configured|deleted|unchanged|restarted|scaled|patched|labeled|annotated|drained|cordoned|uncordoned|evicted)$|nothing to )/u;

/** A program that is not known, a few words, and an option, also with a dash that a word processor has made of its sign. */
const OPTION = /^[a-z][\w.-]*(?: [\w./:@=<>-]+){0,3} (?:--|[–—])[A-Za-z]/;

const PROGRAMS =
  /^(?:(?:\.{0,2}\/)?[\w./-]*\/(?:s?bin|scripts?)\/[\w.-]+|\.\/[\w./-]+|kubectl|k9s|helm|docker(?:-compose)?|podman|git|gh|glab|npm|npx|yarn|pnpm|node|python3?|pip3?|poetry|ruby|bundle|rake|rails|bin\/\w+|make|cmake|cargo|go|mvn|gradle|\.\/gradlew|java|ansible(?:-\w+)?|terraform|tofu|vault|consul|nomad|aws|gcloud|gsutil|az|doctl|flyctl|heroku|fleetctl|ssh|scp|rsync|curl|wget|psql|patronictl|pgbackrest|pg_\w+|mysql\w*|redis-cli|mongo\w*|sqlite3|systemctl|service|journalctl|apt(?:-get)?|yum|dnf|brew|apk|sudo|su|cat|ls|cd|cp|mv|rm|mkdir|touch|chmod|chown|ln|tar|gzip|unzip|zip|grep|egrep|sed|awk|find|xargs|sort|head|tail|wc|cut|tr|tee|jq|yq|echo|printf|export|source|set|test|kill|pkill|ps|df|du|free|uname|date|sleep|watch|nc|dig|nslookup|ping|openssl|certbot|gpg|base64|sha256sum|md5sum|diff|patch|vim?|nano|less|more|top|htop|env|which|whoami|id|crontab|nginx|haproxy|knife|chef\S*|salt\S*|puppet|etcdctl|kubeadm|crictl|nerdctl|skopeo|argocd|flux|istioctl|launchbook|twine|tox|pytest|hub|bash|sh|zsh|exit|logout|for|while|if)$/;
