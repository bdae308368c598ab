// The app of Slack as the board uses it: clicks come over Socket Mode, with Slack's own library, so that nothing listens; answers go over the Web API.
// The library gives up where its first call fails, so connecting again is ours. https://docs.slack.dev/apis/events-api/using-socket-mode
import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeClient } from '@slack/socket-mode';
import type { WebClient } from '@slack/web-api';

/** What is needed to be the app. */
export interface SlackAppParts {
  /** `xapp-…` with the scope connections:write. */
  readonly appToken: string;
  /** `xoxb-…` with the scopes chat:write and users:read. */
  readonly botToken: string;
  /** The Web API. @default Slack's */
  readonly url?: string;
  /** Called when the line to Slack is lost or refused, once for each time, and when it is there again. */
  readonly say: (text: string) => void;
  /** The first wait before it connects again, in milliseconds; it doubles up to a minute. @default 1000 */
  readonly againMs?: number;
}

/** A click, or a modal that was sent. */
export interface Interaction {
  /** As Slack sent it. */
  readonly body: unknown;
  /** Tells Slack that it has arrived, with what the modal shall say. Rejects when it does not reach Slack. */
  readonly acknowledge: (answer?: object) => Promise<void>;
}

const LONGEST_WAIT_MS = 60_000;
const TIMEOUT_MS = 5_000;

export class SlackApp {
  readonly web: WebClient;
  readonly #socket: SocketModeClient;
  readonly #parts: SlackAppParts;
  readonly #ended = new AbortController();

  private constructor(parts: SlackAppParts, web: WebClient, socket: SocketModeClient) {
    this.#parts = parts;
    this.web = web;
    this.#socket = socket;
  }

  /** Loads Slack's libraries. */
  static async make(parts: SlackAppParts): Promise<SlackApp> {
    const [{ WebClient, LogLevel }, { SocketModeClient }] = await Promise.all([
      import('@slack/web-api'),
      import('@slack/socket-mode')
    ]);
    const options = {
      logLevel: LogLevel.ERROR,
      timeout: TIMEOUT_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      ...(parts.url === undefined ? {} : { slackApiUrl: parts.url })
    };
    // What it would print may hold what people wrote; what matters is said by us.
    const nothing = (): void => undefined;
    const logger = {
      ...{
        debug: nothing,
        info: nothing,
        warn: nothing,
        error: nothing,
        setLevel: nothing,
        setName: nothing
      },
      getLevel: () => LogLevel.ERROR
    };
    /** A message that is none of Slack's would end the process. */
    class Heard extends SocketModeClient {
      protected override async onWebSocketMessage(
        data: string | ArrayBuffer,
        isBinary: boolean
      ): Promise<void> {
        await super.onWebSocketMessage(data, isBinary).catch(nothing);
      }
    }
    const socket = new Heard({
      appToken: parts.appToken,
      autoReconnectEnabled: false,
      logger,
      clientOptions: options
    });
    return new SlackApp(parts, new WebClient(parts.botToken, { ...options, logger }), socket);
  }

  /** Hears clicks until {@link close}; resolves when Slack has said hello for the first time. */
  async listen(hear: (interaction: Interaction) => Promise<void>): Promise<void> {
    this.#socket.on(
      'interactive',
      ({ body, ack }: { body: unknown; ack: (answer?: object) => Promise<void> }) =>
        void hear({ body, acknowledge: async (answer = {}) => ack(answer) }).catch((error: unknown) =>
          this.#parts.say(`A click in Slack was not worked on: ${(error as Error).message}`)
        )
    );
    this.#socket.on('error', () => undefined);
    await new Promise<void>(resolve => {
      this.#socket.once('connected', () => resolve());
      void this.#stayConnected();
    });
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#socket.disconnect().catch(() => undefined);
  }

  async #stayConnected(): Promise<void> {
    const { say, againMs = 1000 } = this.#parts;
    let waitMs = againMs;
    let hasFailed = false;
    while (!this.#ended.signal.aborted) {
      try {
        const gone = new Promise<void>(resolve => this.#socket.once('disconnected', () => resolve()));
        await this.#socket.start();
        if (hasFailed) {
          say('Slack is heard again.');
        }
        hasFailed = false;
        waitMs = againMs;
        await gone;
      } catch (error) {
        if (!hasFailed && !this.#ended.signal.aborted) {
          say(
            `Slack cannot be heard, so nobody decides there: ${String((error as Error | undefined)?.message ?? 'no connection')}`
          );
        }
        hasFailed = true;
      }
      await sleep(waitMs, undefined, { signal: this.#ended.signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }
}
