// Whom JupyterHub says that this server belongs to. Variables alone prove nothing, so the hub is asked with the server's own token:
// GET /user answers whose token it is. Every doubt is said in words, and without an answer nobody is authenticated.
// Its REST API: https://jupyterhub.readthedocs.io/en/stable/reference/rest-api.html#/default/get_user

/** What the hub says. `doubt`: why it does not vouch for anybody, a clause without a full stop; null when it does, or no hub is named. */
export interface HubWord {
  readonly user: string | null;
  readonly doubt: string | null;
}

/** How the hub is asked. */
export interface HubParts {
  readonly environment: NodeJS.ProcessEnv;
  /** The only hub that counts, from launchbook.yml; null when any does. @default any */
  readonly expected?: () => string | null;
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
  /** @default 3000 */
  readonly timeoutMs?: number;
}

/** A yes counts for this long; a no is asked about again sooner. */
const TRUSTED_MS = 30_000;
const DOUBTED_MS = 3000;
const TIMEOUT_MS = 3000;

/** Asks the hub that started this server. */
export class Hub {
  readonly #parts: HubParts;
  /** The user that the environment names; nobody has vouched for that. */
  readonly named: string | null;
  #word: HubWord;
  #freshUntilMs = 0;
  #asking: Promise<void> | null = null;
  #first: Promise<void> | undefined;

  constructor(parts: HubParts) {
    this.#parts = parts;
    const { JUPYTERHUB_USER: user, JUPYTERHUB_API_URL: url } = parts.environment;
    this.named = user && url ? user : null;
    this.#word = { user: null, doubt: this.named === null ? null : 'JupyterHub was not asked yet' };
  }

  /** What the hub said last. */
  get word(): HubWord {
    return this.#word;
  }

  /** Waits for the first answer; asks for it when nobody has. Never rejects. */
  async first(): Promise<void> {
    await (this.#first ??= this.ask());
  }

  /** Asks, unless it has just answered. Never rejects. */
  async ask(): Promise<void> {
    if (this.named !== null && this.#now() >= this.#freshUntilMs) {
      this.#asking ??= this.#ask(this.named).finally(() => (this.#asking = null));
      await this.#asking;
    }
  }

  async #ask(named: string): Promise<void> {
    const doubt = await this.#doubtAbout(named).catch((error: unknown) => this.#unreachable(error));
    this.#word = doubt === null ? { user: named, doubt: null } : { user: null, doubt };
    this.#freshUntilMs = this.#now() + (doubt === null ? TRUSTED_MS : DOUBTED_MS);
  }

  /** Null when the hub says that the token of this server is that of `named`. */
  async #doubtAbout(named: string): Promise<string | null> {
    const { JUPYTERHUB_API_URL: url = '', JUPYTERHUB_API_TOKEN: token } = this.#parts.environment;
    const expected = this.#parts.expected?.() ?? null;
    if (expected !== null && withoutSlash(expected) !== withoutSlash(url)) {
      return `the environment of the kernel names another JupyterHub (${shown(url)}) than launchbook.yml does (${shown(expected)})`;
    }
    if (!token) {
      return 'the kernel has no token for JupyterHub (JUPYTERHUB_API_TOKEN)';
    }
    const answer = await (this.#parts.fetch ?? fetch)(`${withoutSlash(url)}/user`, {
      headers: { authorization: `token ${token}`, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(this.#timeoutMs)
    });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      return answer.status === 401 || answer.status === 403
        ? `JupyterHub refused the token of the kernel (status ${answer.status})`
        : `JupyterHub answered with status ${answer.status}`;
    }
    return doubtAboutModel(await answer.text(), named);
  }

  #unreachable(error: unknown): string {
    const { name, message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
    return name === 'TimeoutError'
      ? `JupyterHub did not answer within ${this.#timeoutMs / 1000} s`
      : `JupyterHub could not be asked: ${cause?.code ?? message}`;
  }

  get #timeoutMs(): number {
    return this.#parts.timeoutMs ?? TIMEOUT_MS;
  }

  #now(): number {
    return (this.#parts.now ?? Date.now)();
  }
}

/** The answer is a user model, `{ kind: 'user', name: … }`, or that of a service. */
function doubtAboutModel(text: string, named: string): string | null {
  let model: { readonly kind?: unknown; readonly name?: unknown } | null;
  try {
    model = JSON.parse(text) as typeof model;
  } catch {
    return 'the answer of JupyterHub is not JSON';
  }
  if (typeof model !== 'object' || typeof model?.name !== 'string') {
    return 'the answer of JupyterHub names nobody';
  }
  const name = model.name.slice(0, 80);
  if (model.kind !== 'user') {
    return `the token of the kernel belongs to the ${model.kind === 'service' ? 'service' : 'unknown thing'} “${name}”, not to a user`;
  }
  return model.name === named ? null : `the token of the kernel belongs to “${name}”, not to “${named}”`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** An address may carry a password. */
function shown(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}
