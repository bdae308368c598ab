// What each person reads, act by act: the sentences that are new in a place. The file beside it is what they should read; each of its
// sentences is waited for, and what stands there besides is a fault, so that it does not matter when somebody looks.
// LAUNCHBOOK_TRANSCRIPT=write writes the file anew: a difference is a change of wording that somebody has to look at.
import { expect, type Page } from '@playwright/test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../root.js';
import { forgetMessages, freshMessages, readPlaces, type Places } from './read-page.js';
import { actsOf, NOTHING, textOf, type Section } from './transcript-text.js';

const GOLDEN = join(ROOT, 'tests/ui/night/golden/transcript.md');
const SEEN = join(ROOT, 'test-results/night-transcript.md');
/** Only the words are wanted. */
export const IS_WRITTEN = process.env['LAUNCHBOOK_TRANSCRIPT'] === 'write';
/** How long a sentence may be on its way to the page. */
const PATIENCE_MS = 30_000;
/** Messages come and go by themselves: what was shown since the act before is what is read. */
const MESSAGES = 'Message';

/** Somebody who reads. */
export interface Reader {
  readonly name: string;
  readonly page: Page;
}

export class Transcript {
  private readonly acts = new Map<string, Map<string, Section>>();
  private readonly golden = actsOf(existsSync(GOLDEN) ? readFileSync(GOLDEN, 'utf8') : '');
  /** What stood in the places of each person after the act before. */
  private readonly before = new Map<string, Places>();
  /** All that a person may have read in a place so far. */
  private readonly known = new Map<string, Set<string>>();
  private readonly faults: string[] = [];

  /** What all of them read after `act`. */
  async tell(act: string, readers: readonly Reader[]): Promise<void> {
    const told = await Promise.all(
      readers.map(async (reader): Promise<[string, Section]> => {
        const { name, page } = reader;
        const seen = IS_WRITTEN ? await settled(page) : await this.asExpected(act, reader);
        await forgetMessages(page);
        const section = newIn(seen, this.before.get(name));
        this.before.set(name, seen.places);
        return [name, section];
      })
    );
    this.acts.set(act, new Map(told));
    keep(SEEN, textOf(this.acts));
  }

  /** Fails with every sentence that was not read, or that nobody expected. */
  end(): void {
    if (IS_WRITTEN) {
      keep(GOLDEN, textOf(this.acts));
    }
    expect(this.faults).toEqual([]);
    expect([...this.acts.keys()]).toEqual([...actsOf(readFileSync(GOLDEN, 'utf8')).keys()]);
  }

  /** Waits until the reader has read every sentence, and nothing stands there that is in none of the acts so far. */
  private async asExpected(act: string, { name, page }: Reader): Promise<Seen> {
    const wanted = this.golden.get(act)?.get(name) ?? new Map<string, readonly string[]>();
    wanted.forEach((sentences, place) => sentences.forEach(each => this.knownIn(name, place).add(each)));
    const deadline = Date.now() + PATIENCE_MS;
    let seen = await see(page);
    while (this.faultsOf(name, wanted, seen).length > 0 && Date.now() < deadline) {
      await page.waitForTimeout(200);
      seen = await see(page);
    }
    this.faults.push(...this.faultsOf(name, wanted, seen).map(fault => `${act}, ${name}, ${fault}`));
    return seen;
  }

  private faultsOf(name: string, wanted: Section, { places, messages }: Seen): string[] {
    const isRead = (place: string, sentence: string): boolean =>
      sentence === NOTHING
        ? !places.has(place)
        : (place === MESSAGES ? messages : (places.get(place) ?? [])).includes(sentence);
    const missing = [...wanted].flatMap(([place, sentences]) =>
      sentences.filter(each => !isRead(place, each)).map(each => `${place}: not read: ${each}`)
    );
    const strange = [...places, [MESSAGES, messages] as const]
      .filter(([place, sentences]) => place !== MESSAGES || sentences === messages)
      .flatMap(([place, sentences]) =>
        sentences
          .filter(each => !this.knownIn(name, place).has(each))
          .map(each => `${place}: unexpected: ${each}`)
      );
    return [...missing, ...strange];
  }

  private knownIn(name: string, place: string): Set<string> {
    const key = `${name}: ${place}`;
    const known = this.known.get(key) ?? new Set();
    this.known.set(key, known);
    return known;
  }
}

/** What stands in the places, and what messages have come since the act before. */
interface Seen {
  readonly places: Places;
  readonly messages: readonly string[];
}

async function see(page: Page): Promise<Seen> {
  return { places: await readPlaces(page), messages: await freshMessages(page) };
}

/** Waits until nothing changes. */
async function settled(page: Page): Promise<Seen> {
  let seen = await see(page);
  for (let since = Date.now(); Date.now() - since < 4000;) {
    await page.waitForTimeout(300);
    const now = await see(page);
    if (textOfSeen(now) !== textOfSeen(seen)) {
      since = Date.now();
    }
    seen = now;
  }
  return seen;
}

function textOfSeen({ places, messages }: Seen): string {
  return JSON.stringify([[...places], messages]);
}

/** The sentences that did not stand there before, and the places where nothing stands any more. */
function newIn({ places, messages }: Seen, before: Places | undefined): Section {
  const fresh = [...places].map(([place, sentences]): [string, readonly string[]] => {
    const old = new Set(before?.get(place));
    return [place, place === MESSAGES ? [] : sentences.filter(each => !old.has(each))];
  });
  const gone = [...(before?.keys() ?? [])].filter(place => !places.has(place));
  return new Map(
    [
      ...fresh,
      [MESSAGES, messages] as [string, readonly string[]],
      ...gone.map((place): [string, readonly string[]] => [place, [NOTHING]])
    ].filter(([, sentences]) => sentences.length > 0)
  );
}

function keep(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
