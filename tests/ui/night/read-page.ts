// What stands on a page, place by place, in the order in which a person comes to them. A row of a list, of a table or of the panel is
// one sentence, so that it says what it is about.
import type { Page } from '@playwright/test';
import { sentencesOf } from './transcript-text.js';

/** Sentences of each place of a page. */
export type Places = ReadonlyMap<string, readonly string[]>;

/** Runs in the page before anything else: messages go by themselves, and are read although nobody looks in time. */
export function recordMessages(): void {
  const read = new Map<Element, string>();
  const old = new Map<Element, string>();
  const look = (): void =>
    document.querySelectorAll('.Toastify__toast').forEach(toast => {
      const parts = [...toast.querySelectorAll('.jp-toast-message, .jp-toast-button')];
      const text = parts.map(part => part.textContent).join(' | ');
      if (text !== '') {
        read.set(toast, text);
      }
    });
  new MutationObserver(look).observe(document, { childList: true, characterData: true, subtree: true });
  Object.assign(globalThis, {
    messages: {
      fresh: () => [...read].flatMap(([toast, text]) => (old.get(toast) === text ? [] : [text])),
      forget: () => read.forEach((text, toast) => old.set(toast, text))
    }
  });
}

/** The messages that were shown since they were forgotten, each as it was last; none on a page that is not JupyterLab. */
export async function freshMessages(page: Page): Promise<string[]> {
  const texts = await page.evaluate(
    () => (globalThis as unknown as { messages?: Messages }).messages?.fresh() ?? []
  );
  return [...new Set(texts.flatMap(sentencesOf))];
}

export async function forgetMessages(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { messages?: Messages }).messages?.forget());
}

interface Messages {
  fresh(): string[];
  forget(): void;
}

/** What stands there now. */
export async function readPlaces(page: Page): Promise<Places> {
  const found = await page.evaluate(() => {
    const ROWS = 'li, tr, .lb-Tree-line, .lb-Tree-standing, .lb-Waiting-title, .lb-Timing';
    // The buttons of the row under the pointer come and go with it.
    const passing = [...document.querySelectorAll<HTMLElement>('.lb-Tree-actions')];
    passing.forEach(element => (element.style.visibility = 'hidden'));
    const isSeen = (element: Element): boolean => element.getClientRects().length > 0;
    const read = (element: HTMLElement): string => {
      if (!isSeen(element)) {
        return '';
      }
      if (element.querySelector(`dl, ${ROWS}`) === null) {
        const lines = element.innerText.split('\n').map(line => line.trim());
        return lines.filter(Boolean).join(element.matches(ROWS) ? ' | ' : '\n');
      }
      const parts = [...element.childNodes].map(child =>
        child instanceof HTMLElement ? read(child) : child.nodeType === Node.TEXT_NODE ? child.nodeValue! : ''
      );
      return parts.join('\n');
    };
    const readAll = (selector: string, within: ParentNode = document): string =>
      [...within.querySelectorAll<HTMLElement>(selector)].map(read).join('\n');
    const facts = (dl: HTMLElement): string =>
      [...dl.querySelectorAll('dt')]
        .map(dt => `${dt.innerText}: ${(dt.nextElementSibling as HTMLElement | null)?.innerText ?? ''}`)
        .join('\n');
    if (!document.querySelector('#jp-MainLogo, .jp-LabShell, #main')) {
      const parts = [
        ...document.body.querySelectorAll<HTMLElement>('header, h2, .health, dl, tr, h3, .acts li')
      ];
      const texts = parts.map(part => (part.tagName === 'DL' ? facts(part) : read(part)));
      return [['Board', `${document.title}\n${texts.join('\n')}`]];
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
        readAll(
          '.jp-OutputArea-output, .jp-OutputArea-prompt + .lb-Hold, .jp-Stdin, .lb-Timing, .lb-Remark, .lb-Problems',
          cell
        )
      ];
    });
    const raised = (globalThis as unknown as { raised?: { title: string; body: string }[] }).raised ?? [];
    const panel = readAll('.lb-Phases');
    passing.forEach(element => (element.style.visibility = ''));
    const dock = document.querySelector('#jp-main-dock-panel') ?? document;
    return [
      ['Window', document.title],
      ['Tab', readAll('.jp-mod-current.lm-TabBar-tab .lm-TabBar-tabLabel', dock)],
      ['Banner', readAll('.lb-Banner')],
      ['Bar about the driver', readAll('.lb-Wheel')],
      ['Bar above the notebook', readAll('.lb-Resume:not(.lb-Wheel)')],
      ['Panel', panel],
      ...told,
      ['Dialog', readAll('.jp-Dialog-content')],
      ['Message', readAll('.jp-toast-message')],
      ['Notifications', raised.map(each => `${each.title}: ${each.body}`).join('\n')]
    ];
  });
  const places = new Map<string, readonly string[]>();
  for (const [place, text] of found as [string, string][]) {
    const sentences = sentencesOf(text);
    if (sentences.length > 0) {
      places.set(place, [...(places.get(place) ?? []), ...sentences]);
    }
  }
  return places;
}
