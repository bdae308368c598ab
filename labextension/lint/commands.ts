// The commands of the findings: on and off, the list, and going from one to the next.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { loadPart } from '../page/load-part.js';
import { addWalkCommands } from '../page/walk/walk-commands.js';
import type { Words } from '../page/words.js';
import type { NotebookFindings } from './notebook-findings.js';

export const TOGGLE = 'launchbook:toggle-findings';
export const LIST = 'launchbook:list-findings';
export const NEXT = 'launchbook:go-to-next-finding';
export const PREVIOUS = 'launchbook:go-to-previous-finding';

export interface LintCommandsParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly words: Words;
  /** Of the notebook that is looked at. */
  current(): NotebookFindings | undefined;
  isEnabled(): boolean;
  toggle(): Promise<void>;
}

/** Adds the commands; returns their ids for the palette. */
export function addLintCommands(parts: LintCommandsParts): readonly string[] {
  const { app, tracker, words, current } = parts;
  const describedBy = { args: { type: 'object', properties: {} } };
  const { commands } = app;

  commands.addCommand(TOGGLE, {
    label: words.__('Show Findings While Writing'),
    caption: words.__('Show below the cells what makes a runbook hard to run, as `launchbook lint` does'),
    describedBy,
    isToggled: () => parts.isEnabled(),
    execute: () => parts.toggle()
  });
  commands.addCommand(LIST, {
    label: words.__('List Findings of This Runbook…'),
    caption: words.__('List what makes this runbook hard to run, and which rules are switched off'),
    describedBy,
    isEnabled: () => tracker.currentWidget !== null,
    execute: async () => {
      const [panel, findings] = [tracker.currentWidget, current()];
      if (panel && findings) {
        const { listFindings } = await loadPart(() => import('./list-findings.js'), words);
        await listFindings(panel, findings, words);
      }
    }
  });
  addWalkCommands({
    commands,
    next: {
      id: NEXT,
      label: words.__('Go to Next Finding'),
      caption: words.__('Go to the next place that makes the runbook hard to run')
    },
    previous: {
      id: PREVIOUS,
      label: words.__('Go to Previous Finding'),
      caption: words.__('Go to the previous place that makes the runbook hard to run')
    },
    isEnabled: () => (current()?.placed.length ?? 0) > 0,
    go: direction => current()?.go(direction)
  });
  return [TOGGLE, LIST, NEXT, PREVIOUS];
}
