// The login of JupyterHub on the decision page: the hub names whoever is at the browser (OAuth), and is asked again for each act, so that it counts
// at once when somebody is locked out. A session is in memory and ends soon. https://jupyterhub.readthedocs.io/en/stable/explanation/oauth.html
import { createHash, randomBytes } from 'node:crypto';
import { LaunchbookError } from '../../contract/base/error.js';

/** How the hub is reached. */
export interface HubParts {
  /** Address of the page as browsers show it. */
  readonly origin: string;
  /** Address of the hub for browsers, such as `https://hub.example/hub/`. */
  readonly publicUrl: string;
  /** Its REST API. */
  readonly apiUrl: string;
  /** The service of the hub that this is. */
  readonly service: string;
  readonly client: string;
  readonly token: string;
  readonly now?: () => number;
}

interface Session {
  readonly untilMs: number;
  /** Before the login: what the hub has to send back, and the question that it was for. */
  readonly state?: string;
  readonly to?: string;
  /** After it: the person's token for this service. */
  readonly token?: string;
}

const SESSION_MS = 30 * 60_000;
const TIMEOUT_MS = 5_000;
const MOST_SESSIONS = 10_000;

/**
 * The hub whose service this process is, by the variables that JupyterHub gives to its services; null when it is none.
 *
 * @throws LaunchbookError `decide.bad_hub` when one is missing, or pages of the hub's users could act on the page.
 */
export function hubOfService(origin: string, environment: NodeJS.ProcessEnv): HubLogin | null {
  const { JUPYTERHUB_SERVICE_NAME: service } = environment;
  if (!service) {
    return null;
  }
  const missing = ['JUPYTERHUB_API_URL', 'JUPYTERHUB_API_TOKEN', 'JUPYTERHUB_PUBLIC_HUB_URL'].filter(
    name => !environment[name]
  );
  const { JUPYTERHUB_API_URL: apiUrl = '', JUPYTERHUB_API_TOKEN: token = '' } = environment;
  const { JUPYTERHUB_PUBLIC_HUB_URL: publicUrl = '' } = environment;
  const refuse = (text: string, hint: string): never => {
    throw new LaunchbookError(`The login of JupyterHub cannot be used: ${text}`, {
      code: 'decide.bad_hub',
      hint
    });
  };
  if (missing.length > 0) {
    refuse(
      `${missing.join(', ')} not set.`,
      'The page “The decision page” of the documentation says what the service needs.'
    );
  }
  if (URL.parse(publicUrl)?.origin === origin) {
    refuse(
      `the pages of all its users are at ${origin} too, so that what one of them shows could decide for another.`,
      'Give the decision page a host of its own, and name it first under decide.origins.'
    );
  }
  const client = environment['JUPYTERHUB_CLIENT_ID'] || `service-${service}`;
  return new HubLogin({ origin, publicUrl, apiUrl, service, client, token });
}

export class HubLogin {
  readonly #parts: HubParts;
  /** By the hash of what the cookie holds. */
  readonly #sessions = new Map<string, Session>();

  constructor(parts: HubParts) {
    this.#parts = parts;
  }

  /** Where the browser goes to log in for the question `to`, and its cookie. */
  begin(to: string): { readonly location: string; readonly cookie: string } {
    const { publicUrl, client } = this.#parts;
    const state = randomBytes(16).toString('hex');
    const query = new URLSearchParams({
      client_id: client,
      redirect_uri: this.#redirectUri,
      response_type: 'code',
      state
    });
    const cookie = this.#keep({ state, to });
    return { location: `${withSlash(publicUrl)}api/oauth2/authorize?${query.toString()}`, cookie };
  }

  /** The browser is back: which question it was for, and the cookie of the session; null when the hub has named nobody. */
  async finish(
    query: URLSearchParams,
    cookies: string | undefined
  ): Promise<{ readonly to: string; readonly cookie: string } | null> {
    const id = this.#idIn(cookies);
    const { state, to } = this.#sessions.get(id) ?? {};
    const code = query.get('code');
    this.#sessions.delete(id);
    if (state === undefined || to === undefined || query.get('state') !== state || code === null) {
      return null;
    }
    const { client, token: secret } = this.#parts;
    const answer = await this.#ask('oauth2/token', {
      method: 'POST',
      body: new URLSearchParams({
        client_id: client,
        client_secret: secret,
        grant_type: 'authorization_code',
        code,
        redirect_uri: this.#redirectUri
      })
    });
    const token = answer?.['access_token'];
    return typeof token === 'string' ? { to, cookie: this.#keep({ token }) } : null;
  }

  /** Whom the hub names now for a session; null for none, one that has ended, or when the hub does not say. */
  async personOf(cookies: string | undefined): Promise<string | null> {
    const { token, untilMs = 0 } = this.#sessions.get(this.#idIn(cookies)) ?? {};
    if (token === undefined || untilMs < this.#now()) {
      return null;
    }
    const user = await this.#ask('user', { headers: { authorization: `token ${token}` } });
    const { kind, name, scopes } = user ?? {};
    const allowed = [`access:services!service=${this.#parts.service}`, 'access:services'];
    const mayUse = Array.isArray(scopes) && scopes.some(scope => allowed.includes(String(scope)));
    return kind === 'user' && typeof name === 'string' && name !== '' && mayUse ? name : null;
  }

  get #redirectUri(): string {
    return `${this.#parts.origin}/decide/hub/callback`;
  }

  /** Null for everything but an answer. */
  async #ask(path: string, init: RequestInit): Promise<{ readonly [field: string]: unknown } | null> {
    try {
      const response = await fetch(`${withSlash(this.#parts.apiUrl)}${path}`, {
        ...init,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS)
      });
      const answer: unknown = response.ok ? await response.json() : null;
      return typeof answer === 'object' && answer !== null ? (answer as { [field: string]: unknown }) : null;
    } catch {
      return null;
    }
  }

  /** Keeps a session under a new id, and gives the cookie for it. */
  #keep(session: Omit<Session, 'untilMs'>): string {
    const now = this.#now();
    this.#sessions.forEach(({ untilMs }, id) => untilMs < now && this.#sessions.delete(id));
    if (this.#sessions.size >= MOST_SESSIONS) {
      this.#sessions.delete(this.#sessions.keys().next().value!);
    }
    const secret = randomBytes(32).toString('hex');
    this.#sessions.set(hashed(secret), { ...session, untilMs: now + SESSION_MS });
    const secure = this.#isSecure ? '; Secure' : '';
    return `${this.#cookieName}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${SESSION_MS / 1000}${secure}`;
  }

  #idIn(cookies = ''): string {
    const found = cookies.split(/;\s*/).filter(each => each.startsWith(`${this.#cookieName}=`));
    // Of two nobody knows which one is ours.
    return found.length === 1 ? hashed(found[0]!.slice(this.#cookieName.length + 1)) : '';
  }

  /** With this prefix no page of another host can set it. */
  get #cookieName(): string {
    return this.#isSecure ? '__Host-launchbook-decide' : 'launchbook-decide';
  }

  get #isSecure(): boolean {
    return this.#parts.origin.startsWith('https:');
  }

  #now(): number {
    return (this.#parts.now ?? Date.now)();
  }
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

function hashed(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
