// `secret`: values that must not be seen. Read where they are kept, told to the supervisor so that it masks them, then usable.
import { ports } from '../context.js';
import { SecretUnavailableError } from '../errors/secret-unavailable-error.js';
import { refuseReserved } from '../masking/reserved-words.js';
import { SHORTEST_SECRET } from '../masking/secret-forms.js';
import type { SecretSource } from '../ports.js';
import { rememberSecret } from '../redact.js';
import { parseCommand, type ShellValue } from '../shell/parse-command.js';
import { quoteCommand } from '../shell/quote.js';
import { faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { describeValue } from '../usage/describe-value.js';
import { required, text } from '../usage/rules.js';
import { isSecret, revealed, Secret } from '../masking/secret-value.js';

/** The type of {@link secret}. */
export interface SecretReader {
  /**
   * Reads a secret: from where `secrets:` in launchbook.yml says, else from the environment variable of this name.
   * Repeated: on resume it is read again. The value is never recorded.
   *
   * @param name - In launchbook.yml or of the variable; not empty.
   * @throws {@link SecretUnavailableError} when it cannot be read, has fewer than 4 characters, or is a word or a name of the record.
   * @example
   * console.log(await secret('DEPLOY_TOKEN')) // «secret DEPLOY_TOKEN»
   */
  (name: string): Promise<Secret>;
  /**
   * The content of a file, without the line feed at its end. On resume it is read again.
   *
   * @param path - From the folder that commands start in. At most 64 KiB are read.
   * @throws {@link SecretUnavailableError} with code `secret.unreadable` or `secret.unusable`.
   * @example
   * await secret.file('keys/signing.pem') // «secret keys/signing.pem»
   */
  file(path: string): Promise<Secret>;
  /**
   * What a command prints, read within 60 s. On resume it is run again.
   *
   * @throws {@link SecretUnavailableError} with code `secret.command_failed` or `secret.unusable`.
   * @example
   * await secret.command`op read op://release/db/password` // «secret op read op://release/db/password»
   */
  command(template: TemplateStringsArray, ...values: readonly ShellValue[]): Promise<Secret>;
  /**
   * A text with secrets in it, itself a secret. On resume it is put together again.
   *
   * @throws {@link UsageError} when it holds no secret, or a value that is no secret, text or number.
   * @example
   * await secret.text`Bearer ${await secret('DEPLOY_TOKEN')}` // «secret DEPLOY_TOKEN»
   */
  text(template: TemplateStringsArray, ...values: readonly (string | number | Secret)[]): Promise<Secret>;
}

/**
 * Reads a secret: from where `secrets:` in launchbook.yml says, else from the environment variable of this name.
 * From then on the kernel shows `«secret NAME»` in its place in every output, error, record and file: the value as it is,
 * in Base64, in hexadecimal, and escaped for URLs, JSON, HTML and shells.
 *
 * Repeated: on resume it is read again. The value is never recorded.
 * @throws {@link SecretUnavailableError} when it cannot be read, has fewer than 4 characters, or is a word or a name of the record.
 * @throws {@link UsageError} for an empty name.
 * @example
 * const token = await secret('DEPLOY_TOKEN')
 * console.log(token)                                            // «secret DEPLOY_TOKEN»
 * await $({ env: { TOKEN: token } })`fleetctl deploy orders`
 * await http.get(url, { headers: { authorization: await secret.text`Bearer ${token}` } })
 */
export const secret: SecretReader = Object.assign(readNamed, {
  file: readFromFile,
  command: readFromCommand,
  text: composeSecret
});

async function readNamed(name: string): Promise<Secret> {
  refuseFaults('secret', faultsOfValue('The name', name, required(text)));
  return read(name, sourceOf(name));
}

async function readFromFile(path: string): Promise<Secret> {
  refuseFaults('secret.file', faultsOfValue('The path', path, required(text)));
  return read(path, { file: path });
}

async function readFromCommand(
  template: TemplateStringsArray,
  ...values: readonly ShellValue[]
): Promise<Secret> {
  const shown = parseCommand(
    template,
    values.map(value => (isSecret(value) ? String(value) : value))
  );
  return read(quoteCommand(shown).slice(0, 60), { command: parseCommand(template, values) });
}

async function composeSecret(
  template: TemplateStringsArray,
  ...values: readonly (string | number | Secret)[]
): Promise<Secret> {
  const secrets = values.filter(isSecret);
  const faults = values.flatMap((value, index) =>
    isSecret(value) || typeof value === 'string' || typeof value === 'number'
      ? []
      : [`Value ${index + 1} is ${describeValue(value)}, expected a secret, a text or a number.`]
  );
  refuseFaults('secret.text', [...faults, ...(secrets.length === 0 ? ['It holds no secret.'] : [])]);
  const name = [...new Set(secrets.map(part => part.name))].join(' + ');
  return new Secret(
    name,
    String.raw({ raw: template }, ...values.map(value => revealed(isSecret(value) ? value : String(value))))
  );
}

function sourceOf(name: string): SecretSource {
  const sources = ports().environment.secrets ?? {};
  return Object.hasOwn(sources, name) ? sources[name]! : { env: name };
}

async function read(name: string, source: SecretSource): Promise<Secret> {
  const value = await ports().secrets.read(name, source);
  refuseUnusable(name, value);
  refuseReserved({ name, value });
  await ports().secrets.learn({ name, value });
  rememberSecret({ name, value });
  return new Secret(name, value);
}

function refuseUnusable(name: string, value: string): void {
  const fault =
    value.trim().length < SHORTEST_SECRET
      ? `has ${value.trim().length} characters, at least ${SHORTEST_SECRET} are needed: masking it would hide ordinary words`
      : value.includes('\0')
        ? 'holds the character NUL, which no argument and no variable can carry'
        : null;
  if (fault !== null) {
    throw new SecretUnavailableError(`The secret '${name}' cannot be used: it ${fault}.`, {
      code: 'secret.unusable',
      hint: 'Correct it where it is kept.'
    });
  }
}
