// The commands of a cell's text, and which of them only read.

/** A command as it stands in the text: `$`…`, with options, over ssh or on hosts. */
export interface WrittenCommand {
  /** Where it begins. */
  readonly offset: number;
  /** What stands between the backticks. */
  readonly text: string;
  /** Its author says `changes: false`. */
  readonly isMarkedAsReading: boolean;
}

const COMMAND = /\$(?:\.(?:ssh|on))?((?:\([^`]*?\))*)`([^`]*)`/g;

/** The commands of `code`, in their order. */
export function commandsIn(code: string): WrittenCommand[] {
  return [...code.matchAll(COMMAND)].map(({ index, 1: options = '', 2: text = '' }) => ({
    offset: index,
    text,
    isMarkedAsReading: /\bchanges\s*:\s*false\b/.test(options)
  }));
}

/**
 * True for a command that says so, one that is only tried, a program that only reads, and a subcommand such as `status`.
 *
 * @example
 * onlyReads('kubectl -n shop get deploy') // true
 * onlyReads('kubectl delete pod a')       // false
 */
export function onlyReads({
  text,
  isMarkedAsReading
}: Pick<WrittenCommand, 'text' | 'isMarkedAsReading'>): boolean {
  if (isMarkedAsReading || /(?:^|\s)--(?:dry-run|check|noop)\b/.test(text)) {
    return true;
  }
  const [program = '', ...rest] = text
    .trim()
    .replace(/^(?:sudo|time|env)\s+/, '')
    .split(/\s+/);
  return (
    READING_PROGRAMS.test(program) ||
    [withoutOptions(rest), rest.filter(word => !word.startsWith('-'))].every(readsAs)
  );
}

/** The words before the first one that is no option; an option may have a value. */
function withoutOptions(words: readonly string[]): readonly string[] {
  let start = 0;
  while (words[start]?.startsWith('-') === true) {
    start += words[start]!.includes('=') ? 1 : 2;
  }
  return words.slice(start);
}

/** `status …`, `rollout status …`, `compute instances list …`: nouns before the verb, which are none of the verbs that change. */
function readsAs(words: readonly string[]): boolean {
  const verb = words.findIndex(word => READING_VERB.test(word));
  return (
    verb >= 0 &&
    verb <= 2 &&
    words.slice(0, verb).every(word => /^[a-z][a-z-]*$/.test(word) && !CHANGING_VERB.test(word))
  );
}

const READING_PROGRAMS =
  /^(?:cat|ls|grep|egrep|rg|head|tail|wc|stat|df|du|ps|uptime|date|whoami|hostname|id|printenv|echo|printf|test|diff|cmp|file|which|jq|sort|uniq|cut|dig|nslookup|host|ping|traceroute|ss|netstat|lsof|journalctl|free|uname|true|sleep)$/;
const READING_VERB =
  /^(?:status|list|ls|get|describe|show|logs?|history|version|info|inspect|health\w*|diff|check|validate|verify|help|explain|view|wait|plan|ps|images|events|blame|search|outdated|(?:is|list|describe|get|ls|rev|cat)-[\w-]+|--version)$/;
const CHANGING_VERB =
  /^(?:deploy|migrate|apply|delete|destroy|restart|upgrade|scale|patch|drop|publish|promote|drain|failover|switch|truncate|terminate|rm|set|create|update|run|exec|start|stop|kill|install|remove)$/;
