// The first-run tour: its steps, and where one is in it. Knows nothing of the page.
import type { Words } from '../page/words.js';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** What it is about, as a CSS selector; the card stands in the middle when nothing matches. */
  readonly target: string;
  /** A command that brings the target into sight, or ''. */
  readonly command: string;
}

/** Six steps at most, because a person who begins a release has little time. */
export function tourSteps(words: Words): readonly TourStep[] {
  return [
    {
      title: words.__('A release is a notebook'),
      text: words.__(
        'Text says what is done and why; grey cells are the steps. Select one and press Shift+Enter: it runs, and the next one is selected.'
      ),
      target: '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell.jp-mod-active',
      command: ''
    },
    {
      title: words.__('The phases'),
      text: words.__(
        'Every heading of level 2 is a phase. The panel shows how far each one is, how long it took, and what is locked. A click brings you to the cell.'
      ),
      target: '.lb-Phases',
      command: 'launchbook:show-phases'
    },
    {
      title: words.__('It stops where a person must decide'),
      text: words.__(
        'At a hold point the run waits. Nothing after it runs before somebody approves, in the notebook or in the panel. Without an answer it stays locked.'
      ),
      target: '.lb-Phases [data-status="waiting"], .lb-Phases [data-status="locked"]',
      command: ''
    },
    {
      title: words.__('Mistakes are seen before they run'),
      text: words.__(
        'While you write a step, type errors are marked and explained below it. While you write text, you see how it will look.'
      ),
      target: '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell',
      command: ''
    },
    {
      title: words.__('Nothing is lost'),
      text: words.__(
        'Every command, result and decision is in the journal beside the notebook before it takes effect. Close the page or restart the kernel: what happened is still there.'
      ),
      target: '',
      command: ''
    },
    {
      title: words.__('Where to find help'),
      text: words.__(
        'Press H in command mode for the keys. The command palette has everything else: type “Launchbook”. This tour is in the Help menu.'
      ),
      target: '.lm-MenuBar-item:last-child',
      command: ''
    }
  ];
}

/** Where a person is in the tour. */
export class Tour {
  constructor(readonly steps: readonly TourStep[]) {}

  get index(): number {
    return this.at;
  }

  get step(): TourStep | undefined {
    return this.steps[this.at];
  }

  get isFirst(): boolean {
    return this.at === 0;
  }

  get isLast(): boolean {
    return this.at === this.steps.length - 1;
  }

  next(): void {
    this.at = Math.min(this.at + 1, this.steps.length - 1);
  }

  back(): void {
    this.at = Math.max(this.at - 1, 0);
  }

  private at = 0;
}
