// What each person reads, step by step: only what is new since the last step, without times and ids. The file beside it is what they
// should read; a difference is a change of wording that somebody has to look at. LAUNCHBOOK_TRANSCRIPT=write writes the file anew.
import { expect, type Page } from '@playwright/test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../root.js';

const GOLDEN = join(ROOT, 'tests/ui/night/golden/transcript.md');
const SEEN = join(ROOT, 'test-results/night-transcript.md');
/** Only the words are wanted. */
export const IS_WRITTEN = process.env['LAUNCHBOOK_TRANSCRIPT'] === 'write';

/** Somebody who reads. */
export interface Reader {
  readonly name: string;
  readonly page: Page;
}

/** Lines of each place of a page. */
type Places = ReadonlyMap<string, readonly string[]>;

export class Transcript {
  private readonly sections: string[] = ['# The night, as each person reads it'];
  private readonly expected = existsSync(GOLDEN) ? readFileSync(GOLDEN, 'utf8') : '';
  private readonly before = new Map<string, Places>();

  /** What all of them read after `title`. Waits until they read what the file says, or, while it is written, until nothing changes. */
  async tell(title: string, readers: readonly Reader[]): Promise<void> {
    this.sections.push(`## ${title}`);
    const all = await Promise.all(
      readers.map(reader => (IS_WRITTEN ? this.settled(reader) : this.asExpected(title, reader)))
    );
    for (const [index, places] of all.entries()) {
      const reader = readers[index]!;
      const section = this.sectionOf(reader, places);
      this.before.set(reader.name, places);
      if (section !== '') {
        this.sections.push(section);
      }
    }
    this.keep(SEEN);
  }

  /** Fails with the difference. */
  end(): void {
    if (IS_WRITTEN) {
      this.keep(GOLDEN);
    }
    expect(this.text()).toBe(readFileSync(GOLDEN, 'utf8'));
  }

  private text(): string {
    return `${this.sections.join('\n\n')}\n`;
  }

  private keep(path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, this.text());
  }

  private sectionOf({ name }: Reader, places: Places): string {
    const before = this.before.get(name);
    const parts = [...places].flatMap(([place, lines]) => {
      const known = [...(before?.get(place) ?? [])];
      const fresh = lines.filter(line => {
        const index = known.indexOf(line);
        known.splice(index, index < 0 ? 0 : 1);
        return index < 0;
      });
      return fresh.length === 0 ? [] : [`${place}\n${fresh.map(line => `    ${line}`).join('\n')}`];
    });
    const gone = [...(before?.keys() ?? [])].filter(place => !places.has(place));
    const ends = gone.map(place => `${place}\n    (nothing any more)`);
    return parts.length + ends.length === 0 ? '' : [`### ${name}`, ...parts, ...ends].join('\n\n');
  }

  private async asExpected(title: string, reader: Reader): Promise<Places> {
    let places = await readPlaces(reader.page);
    const wanted = this.expected.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    const isThere = (): boolean => {
      const section = this.sectionOf(reader, places);
      return section === ''
        ? !wanted.includes(`### ${reader.name}\n`)
        : `${wanted}\n`.includes(`${section}\n`);
    };
    for (const deadline = Date.now() + 15_000; !isThere() && Date.now() < deadline;) {
      await reader.page.waitForTimeout(200);
      places = await readPlaces(reader.page);
    }
    return places;
  }

  private async settled({ page }: Reader): Promise<Places> {
    let places = await readPlaces(page);
    let since = Date.now();
    while (Date.now() - since < 2_500) {
      await page.waitForTimeout(300);
      const now = await readPlaces(page);
      if (JSON.stringify([...now]) !== JSON.stringify([...places])) {
        since = Date.now();
      }
      places = now;
    }
    return places;
  }
}

/** Places with what stands there, in the order in which a person comes to them. */
async function readPlaces(page: Page): Promise<Places> {
  const found = await page.evaluate(() => {
    // The buttons of the row under the pointer come and go with it.
    const passing = [...document.querySelectorAll<HTMLElement>('.lb-Tree-actions')];
    passing.forEach(element => (element.style.visibility = 'hidden'));
    const isSeen = (element: Element): boolean => element.getClientRects().length > 0;
    const textOf = (selector: string, within: ParentNode = document): string =>
      [...within.querySelectorAll<HTMLElement>(selector)]
        .filter(isSeen)
        .map(element => element.innerText)
        .join('\n');
    if (!document.querySelector('#jp-MainLogo, .jp-LabShell, #main')) {
      return [['Board', `${document.title}\n${document.body.innerText}`]];
    }
    const cells = [
      ...document.querySelectorAll<HTMLElement>('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell')
    ];
    let title = '';
    const told = cells.map((cell): [string, string] => {
      if (cell.classList.contains('jp-MarkdownCell')) {
        title = [...cell.querySelectorAll('h2, h3')].at(-1)?.textContent?.replace('¶', '') ?? title;
        return ['', ''];
      }
      return [
        `Below “${title}”`,
        textOf(
          '.jp-OutputArea-output, .jp-OutputArea-prompt + .lb-Hold, .jp-Stdin, .lb-Timing, .lb-Remark, .lb-Problems',
          cell
        )
      ];
    });
    const raised = (globalThis as unknown as { raised?: { title: string; body: string }[] }).raised ?? [];
    const panel = textOf('.lb-Phases');
    passing.forEach(element => (element.style.visibility = ''));
    return [
      ['Window', document.title],
      [
        'Tab',
        textOf(
          '.jp-mod-current.lm-TabBar-tab .lm-TabBar-tabLabel',
          document.querySelector('#jp-main-dock-panel') ?? document
        )
      ],
      ['Banner', textOf('.lb-Banner')],
      ['Bar about the driver', textOf('.lb-Wheel')],
      ['Bar above the notebook', textOf('.lb-Resume:not(.lb-Wheel)')],
      ['Panel', panel],
      ...told,
      ['Dialog', textOf('.jp-Dialog-content')],
      ['Message', textOf('.Toastify__toast')],
      ['Notifications', raised.map(each => `${each.title}: ${each.body}`).join('\n')]
    ];
  });
  return new Map(
    found
      .map(([place, text]): [string, string[]] => [place!, linesOf(text!)])
      .filter(([, lines]) => lines.length > 0)
  );
}

function linesOf(text: string): string[] {
  return normalised(text)
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(line => line !== '' && !ESTIMATE.test(line));
}

/** Depends on how long things took. */
const ESTIMATE = /of work left|^expected|^about TIME/i;

/** Without what differs from run to run. */
function normalised(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\d/g, 'DATE')
    .replace(/\d\d:\d\d(:\d\d)?/g, 'CLOCK')
    .replace(/DATE CLOCK/g, 'CLOCK')
    .replace(/(< )?\b\d+(\.\d+)? (ms|s|min|h)( \d+ (s|min))?(?![\w])/g, 'TIME')
    .replace(/ · started CLOCK/g, '')
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'ID')
    .replace(/\b[0-9a-f]{12,64}\b/g, 'HASH');
}
