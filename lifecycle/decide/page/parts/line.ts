// The connection of a page to its server: brings a token there until it is answered, and hears what has happened since.
import { isVouched } from './kept.js';
import { CLOCK_BACK, VOUCHED_TYPE, type PostAnswer } from '../../../../contract/decide/decision-page.js';

const AGAIN_MS = 3_000;

/** What the page is told. */
export interface LineEvents<News> {
  readonly news: (news: News) => void;
  /** Whether it can be heard now. */
  readonly connected: (isConnected: boolean) => void;
}

/** Follows the hold until the page is closed. */
export function follow<News>({ news, connected }: LineEvents<News>): void {
  const events = new EventSource('events');
  events.addEventListener('open', () => connected(true));
  events.addEventListener('error', () => connected(false));
  events.addEventListener('news', event => {
    connected(true);
    news(JSON.parse((event as MessageEvent<string>).data) as News);
  });
}

/**
 * Posts a token until there is an answer to it.
 *
 * @param held - Called each time that nobody answered, or that the server could not take it yet.
 */
export async function deliver(
  token: string,
  held: (why: 'cut-off' | 'clock-back') => void
): Promise<PostAnswer> {
  for (;;) {
    const answer = await post(token);
    const isClockBack = 'isTaken' in answer && !answer.isTaken && answer.code === CLOCK_BACK;
    if ('isTaken' in answer && !isClockBack) {
      return answer;
    }
    held(isClockBack ? 'clock-back' : 'cut-off');
    await waitToTryAgain('afterMs' in answer ? answer.afterMs : AGAIN_MS);
  }
}

async function post(token: string): Promise<PostAnswer | { readonly afterMs: number }> {
  try {
    const response = await fetch('./', {
      method: 'POST',
      body: token,
      headers: { 'content-type': isVouched(token) ? VOUCHED_TYPE : 'text/plain' },
      signal: AbortSignal.timeout(30_000)
    });
    if (response.headers.get('content-type')?.startsWith('application/json')) {
      return (await response.json()) as PostAnswer;
    }
    return { afterMs: Number(response.headers.get('retry-after') ?? 0) * 1000 || AGAIN_MS };
  } catch {
    return { afterMs: AGAIN_MS };
  }
}

/** Earlier when the browser hears that there is a connection again. */
function waitToTryAgain(ms: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    function done(): void {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    }
  });
}
